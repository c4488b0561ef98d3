import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivateFile } from '../src/config/private-file.ts'
import { isDigest } from '../src/core/names/digest.ts'
import type { RepositoryName } from '../src/core/names/repository-name.ts'
import { unverified, type VerifyProgress } from '../src/registry/verify-store.ts'

/** Bytes hashed between two notes: what is hashed again after a power cut, at most. */
const noteEvery = 256 * 1024 * 1024

/** Where an interrupted verification stands, in the data folder; that of one repository is noted by itself. */
export class VerifyRecord {
  readonly #path: string
  #notedAt = 0

  constructor(dataDir: string, repository?: RepositoryName) {
    this.#path = join(
      dataDir,
      repository === undefined ? 'verify.json' : `verify-${shorten(repository)}.json`,
    )
  }

  /** Where to go on; the beginning, when nothing was interrupted or the note is of no use. */
  async read(): Promise<VerifyProgress> {
    const text = await readFile(this.#path, 'utf8').catch(() => undefined)
    if (text === undefined) return unverified
    const found = parse(text)
    return isProgress(found) ? found : unverified
  }

  /** Notes it now and then. */
  async keep(progress: VerifyProgress): Promise<void> {
    if (progress.bytes - this.#notedAt >= noteEvery) await this.write(progress)
  }

  async write(progress: VerifyProgress): Promise<void> {
    this.#notedAt = progress.bytes
    await writePrivateFile(this.#path, JSON.stringify(progress))
  }

  async remove(): Promise<void> {
    await rm(this.#path, { force: true })
  }
}

/** A name may be longer than that of a file. */
function shorten(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isProgress(found: unknown): found is VerifyProgress {
  if (typeof found !== 'object' || found === null) return false
  const { after, blobs, bytes, damages } = found as Record<string, unknown>
  const isPlace = after === undefined || (typeof after === 'string' && isDigest(after))
  return isPlace && typeof blobs === 'number' && typeof bytes === 'number' && Array.isArray(damages)
}
