import { readFileSync } from 'node:fs'
import { brokenDatabase } from './rpm-header.ts'

const hashMagic = 0x061561
const pageTypes = { hashUnsorted: 2, hash: 13, overflow: 7 }
const entryTypes = { keyData: 1, offPage: 3 }
const pageHeaderSize = 26

/** A database's bytes, page by page, its numbers in the order of the machine that wrote it. */
interface Pages {
  readonly bytes: Buffer
  readonly size: number
  readonly littleEndian: boolean
}

/**
 * The headers in a hash database of Berkeley DB: the value of each key. The key 0 has the number of the next package instead.
 *
 * @throws UnreadableLayerError
 * @see Berkeley DB 5.3, src/dbinc/db_page.h
 */
export function* readBdb(file: string): Generator<Uint8Array> {
  const pages = openPages(readFileSync(file))
  const last = pages.bytes.length / pages.size
  for (let number = 1; number < last; number += 1) {
    const page = pageAt(pages, number)
    const type = page[25]
    if (type === pageTypes.hash || type === pageTypes.hashUnsorted) yield* valuesIn(pages, page)
  }
}

function openPages(bytes: Buffer): Pages {
  if (bytes.length < 512) throw brokenDatabase()
  const littleEndian = bytes.readUInt32LE(12) === hashMagic
  if (!littleEndian && bytes.readUInt32BE(12) !== hashMagic) throw brokenDatabase()
  const size = littleEndian ? bytes.readUInt32LE(20) : bytes.readUInt32BE(20)
  const isPower = size >= 512 && size <= 65_536 && (size & (size - 1)) === 0
  if (!isPower || bytes.length % size !== 0) throw brokenDatabase()
  return { bytes, size, littleEndian }
}

function pageAt({ bytes, size }: Pages, number: number): Buffer {
  const page = bytes.subarray(number * size, (number + 1) * size)
  if (page.length !== size) throw brokenDatabase()
  return page
}

/** The places of keys and values take turns in an index behind the page's header. */
function* valuesIn(pages: Pages, page: Buffer): Generator<Uint8Array> {
  const count = number16(pages, page, 20)
  if (pageHeaderSize + 2 * count > page.length) throw brokenDatabase()
  for (let at = 0; at + 1 < count; at += 2) {
    const [key, value] = [at, at + 1].map((entry) => number16(pages, page, pageHeaderSize + 2 * entry))
    if (key === undefined || value === undefined || value >= page.length) throw brokenDatabase()
    const blob = page[value] === entryTypes.offPage ? overflow(pages, page, value) : inPage(page, value, key)
    if (blob.length > 8) yield blob
  }
}

/** What is small lies in the page itself, items from its end towards its beginning. */
function inPage(page: Buffer, start: number, end: number): Buffer {
  return page[start] === entryTypes.keyData && end > start ? page.subarray(start + 1, end) : Buffer.alloc(0)
}

function overflow(pages: Pages, page: Buffer, at: number): Buffer {
  if (at + 12 > page.length) throw brokenDatabase()
  const length = number32(pages, page, at + 8)
  if (length > pages.bytes.length) throw brokenDatabase()
  const pieces: Buffer[] = []
  let left = length
  for (let next = number32(pages, page, at + 4); next !== 0 && left > 0; ) {
    const part = pageAt(pages, next)
    const count = number16(pages, part, 22)
    if (part[25] !== pageTypes.overflow || count === 0) throw brokenDatabase()
    pieces.push(part.subarray(pageHeaderSize, pageHeaderSize + Math.min(count, left)))
    left -= count
    next = number32(pages, part, 16)
  }
  if (left > 0) throw brokenDatabase()
  return Buffer.concat(pieces)
}

function number16({ littleEndian }: Pages, page: Buffer, at: number): number {
  return littleEndian ? page.readUInt16LE(at) : page.readUInt16BE(at)
}

function number32({ littleEndian }: Pages, page: Buffer, at: number): number {
  return littleEndian ? page.readUInt32LE(at) : page.readUInt32BE(at)
}
