import type { LeafTest } from './leaf.ts'
import type { TextKey } from './text-table.ts'

/** What a pattern says of one field: any of it suffices. */
export interface FieldPattern {
  /** The names down to the field, joined by dots. */
  readonly path: string
  readonly tests: readonly LeafTest[]
  /** Whether the field's absence suffices. */
  readonly orAbsent: boolean
  /** What its text is, or begins or ends with, where nothing else is named: a look-up by it finds the pattern. */
  readonly keys?: readonly TextKey[] | undefined
}

/** Fields that must all hold. */
export type Conjunction = readonly FieldPattern[]

/** The ways to fit a pattern: one for each combination of alternatives of its `$or`, or only one. */
export type EventPattern = readonly Conjunction[]
