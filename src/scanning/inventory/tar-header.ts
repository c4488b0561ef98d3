import { UnreadableLayerError } from './limits.ts'

export const blockSize = 512

/** One entry's header as it stands in the archive. */
export interface TarHeader {
  /** The type flag: `0` a file, `1` a hard link, `2` a symbolic one, `5` a folder, `x`, `g`, `L` and `K` what belongs to the next. */
  readonly type: string
  readonly path: string
  readonly linkPath: string
  readonly size: number
  readonly mode: number
}

/**
 * Reads a header block; undefined for one of zeros, which ends the archive.
 *
 * @throws UnreadableLayerError when its checksum or a number is wrong
 * @see POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar, "Basic Tar Format"
 */
export function readTarHeader(block: Buffer): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined
  if (readNumber(block, 148, 8) !== checksumOf(block)) throw brokenTar()
  const name = readText(block, 0, 100)
  const prefix = block.toString('latin1', 257, 263) === 'ustar\0' ? readText(block, 345, 155) : ''
  return {
    type: String.fromCharCode(block[156] || 0x30),
    path: prefix === '' ? name : `${prefix}/${name}`,
    linkPath: readText(block, 157, 100),
    size: readNumber(block, 124, 12),
    mode: readNumber(block, 100, 8),
  }
}

export function brokenTar(): UnreadableLayerError {
  return new UnreadableLayerError('A layer is not a valid tar archive')
}

/** The field of the checksum itself counts as spaces. */
function checksumOf(block: Buffer): number {
  let sum = 8 * 0x20
  for (const [at, byte] of block.entries()) if (at < 148 || at >= 156) sum += byte
  return sum
}

function readText(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end === -1 ? length : end)
}

/** In octal digits, or where the first bit is set in the bits after it. */
function readNumber(block: Buffer, start: number, length: number): number {
  const field = block.subarray(start, start + length)
  if ((field[0] ?? 0) & 0x80) return readBinary(field)
  const digits = field
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trimStart()
  if (!/^[0-7]*$/.test(digits)) throw brokenTar()
  return digits === '' ? 0 : Number.parseInt(digits, 8)
}

function readBinary(field: Buffer): number {
  const value = field.reduce((sum, byte, at) => sum * 256 + (at === 0 ? byte & 0x7f : byte), 0)
  if (!Number.isSafeInteger(value)) throw brokenTar()
  return value
}
