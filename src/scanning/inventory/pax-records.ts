import { brokenTar } from './tar-header.ts'

/** What records say of the next entry. */
export interface PaxFacts {
  path?: string
  linkPath?: string
  size?: number
}

/**
 * Reads records `length key=value\n`, those that matter here.
 *
 * @throws UnreadableLayerError
 * @see POSIX.1-2017, pax, "pax Extended Header"
 */
export function readPaxRecords(bytes: Buffer): PaxFacts {
  const facts: PaxFacts = {}
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at)
    const length = Number(bytes.toString('latin1', at, space === -1 ? at : space))
    const end = at + length
    if (!Number.isInteger(length) || length < 5 || end > bytes.length || bytes[end - 1] !== 0x0a)
      throw brokenTar()
    note(facts, bytes.toString('utf8', space + 1, end - 1))
    at = end
  }
  return facts
}

function note(facts: PaxFacts, record: string): void {
  const equals = record.indexOf('=')
  if (equals === -1) throw brokenTar()
  const [key, value] = [record.slice(0, equals), record.slice(equals + 1)]
  if (key === 'path') facts.path = value
  if (key === 'linkpath') facts.linkPath = value
  if (key === 'size') facts.size = readSize(value)
}

function readSize(value: string): number {
  const size = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(size)) throw brokenTar()
  return size
}
