import { inflateRawSync } from 'node:zlib'

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string
  /** Its bytes; undefined when there are more than that, or they can't be read. */
  content(mostBytes: number): Buffer | undefined
}

const endSize = 22
const headerSize = 46
const localSize = 30
const mostCommentBytes = 65_535
const mostEntries = 200_000

/**
 * The files of a zip archive in memory, by its directory; none of what isn't one. Our own, since the layer's other files wait
 * meanwhile: libraries read archives in turns of the event loop.
 *
 * @see PKWARE, "APPNOTE.TXT", 4.3.12 and 4.3.16
 */
export function* readZip(bytes: Buffer): Generator<ZipEntry> {
  const end = bytes.lastIndexOf('PK\x05\x06', bytes.length - endSize, 'latin1')
  if (end === -1 || end < bytes.length - endSize - mostCommentBytes) return
  const count = Math.min(bytes.readUInt16LE(end + 10), mostEntries)
  let at = bytes.readUInt32LE(end + 16)
  for (let number = 0; number < count; number += 1) {
    if (at + headerSize > bytes.length || bytes.toString('latin1', at, at + 4) !== 'PK\x01\x02') return
    const [nameSize, extraSize, commentSize] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    const next = at + headerSize + (nameSize ?? 0) + (extraSize ?? 0) + (commentSize ?? 0)
    yield entryAt(bytes, at, nameSize ?? 0)
    at = next
  }
}

function entryAt(bytes: Buffer, at: number, nameSize: number): ZipEntry {
  const method = bytes.readUInt16LE(at + 10)
  const [packed, size, local] = [20, 24, 42].map((place) => bytes.readUInt32LE(at + place))
  return {
    name: bytes.toString('utf8', at + headerSize, at + headerSize + nameSize),
    content: (mostBytes) =>
      (size ?? 0) > mostBytes
        ? undefined
        : unpack(bytes, { method, packed: packed ?? 0, local: local ?? 0 }, mostBytes),
  }
}

function unpack(
  bytes: Buffer,
  { method, packed, local }: { readonly method: number; readonly packed: number; readonly local: number },
  mostBytes: number,
): Buffer | undefined {
  if (local + localSize > bytes.length) return undefined
  const start = local + localSize + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  const content = bytes.subarray(start, start + packed)
  if (method === 0) return content.length > mostBytes ? undefined : content
  if (method !== 8) return undefined
  try {
    return inflateRawSync(content, { maxOutputLength: mostBytes })
  } catch {
    return undefined
  }
}
