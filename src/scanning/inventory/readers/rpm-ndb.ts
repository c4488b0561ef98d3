import { readFileSync } from 'node:fs'
import { brokenDatabase } from './rpm-header.ts'

const pageSize = 4096
const slotSize = 16
const blockSize = 16
const magics = { database: 'RpmP', slot: 'Slot', blob: 'BlbS' }

/**
 * The headers in a database of RPM's own format. Pages of slots come first, each slot with the place of one blob, in blocks.
 *
 * @throws UnreadableLayerError
 * @see rpm, lib/backend/ndb/rpmpkg.c
 */
export function* readNdb(file: string): Generator<Uint8Array> {
  const bytes = readFileSync(file)
  if (bytes.length < pageSize || !hasMagic(bytes, 0, magics.database)) throw brokenDatabase()
  const slotPages = bytes.readUInt32LE(12)
  const end = slotPages * pageSize
  if (slotPages === 0 || end > bytes.length) throw brokenDatabase()
  // The database's own header takes the room of two slots.
  for (let at = 2 * slotSize; at < end; at += slotSize) {
    if (!hasMagic(bytes, at, magics.slot)) throw brokenDatabase()
    const [index, offset] = [bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8)]
    if (index !== 0) yield blobAt(bytes, index, offset * blockSize)
  }
}

function blobAt(bytes: Buffer, index: number, at: number): Buffer {
  if (at + blockSize > bytes.length || !hasMagic(bytes, at, magics.blob)) throw brokenDatabase()
  const [owner, length] = [bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 12)]
  const start = at + blockSize
  if (owner !== index || start + length > bytes.length) throw brokenDatabase()
  return bytes.subarray(start, start + length)
}

function hasMagic(bytes: Buffer, at: number, magic: string): boolean {
  return bytes.toString('latin1', at, at + 4) === magic
}
