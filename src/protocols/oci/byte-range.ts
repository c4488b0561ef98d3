import type { ByteRange } from '../../stores/blobs/blob-store.ts'

const pattern = /^bytes=([0-9]{0,15})-([0-9]{0,15})$/

/**
 * The part of `size` bytes that a `Range` header asks for. Anything but one plain range of bytes asks for all of it, and one
 * that ends before it begins is unsatisfiable: RFC 9110 lets a server choose.
 *
 * @see RFC 9110, section 14.2
 */
export function readByteRange(header: string | undefined, size: number): ByteRange | 'all' | 'unsatisfiable' {
  const [, first = '', last = ''] = pattern.exec(header ?? '') ?? []
  if (first === '' && last === '') return 'all'
  if (first === '') return suffix(Number(last), size)
  if (Number(first) >= size || (last !== '' && Number(last) < Number(first))) return 'unsatisfiable'
  return { first: Number(first), last: last === '' ? size - 1 : Math.min(Number(last), size - 1) }
}

function suffix(length: number, size: number): ByteRange | 'unsatisfiable' {
  if (length === 0 || size === 0) return 'unsatisfiable'
  return { first: Math.max(size - length, 0), last: size - 1 }
}
