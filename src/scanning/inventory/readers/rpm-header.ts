import type { PackageRecord } from '../../../core/scanning/installed-package.ts'
import { UnreadableLayerError } from '../limits.ts'

/** @see RPM documentation, "RPM v4 Package format": tags */
const tags = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  architecture: 1022,
  sourceRpm: 1044,
  module: 5096,
}

const int32 = 4
const text = 6
const indexEntrySize = 16

/**
 * Reads a package's header as the databases have it; undefined for a key that signs packages, which is kept among them.
 *
 * @throws UnreadableLayerError
 */
export function readRpmHeader(blob: Uint8Array): PackageRecord | undefined {
  const facts = new RpmHeader(blob)
  const [name, version, release] = [facts.text(tags.name), facts.text(tags.version), facts.text(tags.release)]
  if (!name || !version || !release) throw brokenDatabase()
  if (name === 'gpg-pubkey') return undefined
  const epoch = facts.number(tags.epoch)
  const evr = `${epoch ? `${epoch}:` : ''}${version}-${release}`
  const architecture = facts.text(tags.architecture)
  const source = sourceOf(facts.text(tags.sourceRpm), epoch)
  const module = moduleOf(facts.text(tags.module))
  return {
    format: 'rpm',
    name,
    version: evr,
    ...(architecture && { architecture }),
    ...(source && (source.name !== name || source.version !== evr) && { source }),
    ...(module && { module }),
  }
}

export function brokenDatabase(): UnreadableLayerError {
  return new UnreadableLayerError("A layer's RPM database is broken")
}

/** `bash-5.1.8-6.el9.src.rpm`: what comes before the last two hyphens is the name. */
function sourceOf(file: string | undefined, epoch: number | undefined): PackageRecord['source'] {
  const [, name, version] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(file ?? '') ?? []
  if (name === undefined || version === undefined) return undefined
  return { name, version: `${epoch ? `${epoch}:` : ''}${version}` }
}

/** `nodejs:18:9020020230825081254:rhel9`: a stream's build is not told apart. */
function moduleOf(label: string | undefined): string | undefined {
  const [name, stream] = label?.split(':') ?? []
  return name && stream ? `${name}:${stream}` : undefined
}

/** An index of numbered entries, and after it the data they point into; all numbers have their highest byte first. */
class RpmHeader {
  readonly #entries = new Map<number, { readonly type: number; readonly offset: number }>()
  readonly #data: Buffer

  constructor(blob: Uint8Array) {
    const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)
    if (bytes.length < 8) throw brokenDatabase()
    const [count, size] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)]
    const start = 8 + count * indexEntrySize
    if (start + size > bytes.length) throw brokenDatabase()
    this.#data = bytes.subarray(start, start + size)
    for (let at = 8; at < start; at += indexEntrySize) {
      const entry = { type: bytes.readUInt32BE(at + 4), offset: bytes.readUInt32BE(at + 8) }
      this.#entries.set(bytes.readUInt32BE(at), entry)
    }
  }

  text(tag: number): string | undefined {
    const entry = this.#entries.get(tag)
    if (entry?.type !== text) return undefined
    const end = this.#data.indexOf(0, entry.offset)
    if (end === -1) throw brokenDatabase()
    return this.#data.toString('utf8', entry.offset, end)
  }

  number(tag: number): number | undefined {
    const entry = this.#entries.get(tag)
    if (entry?.type !== int32) return undefined
    if (entry.offset + 4 > this.#data.length) throw brokenDatabase()
    return this.#data.readUInt32BE(entry.offset)
  }
}
