import type { NumberShape } from './model/shape.ts'

/**
 * Tells whether a number can be a value of its shape: an `integer` has 32 bits; a `long` is kept within what a double
 * holds exactly (2^53), which no size or count here comes near.
 */
export function isNumberOf({ kind }: NumberShape, value: number): boolean {
  switch (kind) {
    case 'integer':
      return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31
    case 'long':
      return Number.isSafeInteger(value)
    case 'double':
      return Number.isFinite(value)
  }
}
