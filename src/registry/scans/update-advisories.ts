import { createWriteStream } from 'node:fs'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { AdvisoryProgress } from '../../core/scanning/advisory-update.ts'
import type { OutboundResponse } from '../../outbound/outbound-request.ts'
import type { Registry } from '../registry.ts'
import { importAdvisories } from './import-advisories.ts'

/** Bytes of the largest archive that is taken; OSV's largest has some hundred million. */
const mostBytes = 4 * 1024 ** 3
/** Records and characters in one transaction. */
const batch = { records: 500, characters: 8_000_000 }

/** The mirror has nothing of this name, or gives an answer that is no archive. */
export class NoAdvisoriesError extends Error {
  override readonly name = 'NoAdvisoriesError'
}

export interface UpdateOptions {
  readonly signal: AbortSignal
  readonly tell: (progress: AdvisoryProgress) => void
}

/**
 * Downloads all advisories of an ecosystem from the mirror and imports them: the archive to a file, then record by record.
 *
 * @throws NoAdvisoriesError, OutboundError, the signal's reason
 * @see OSV documentation, "Data sources": data dumps
 */
export async function updateAdvisories(
  registry: Registry,
  ecosystem: string,
  { signal, tell }: UpdateOptions,
): Promise<AdvisoryProgress> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'berth-advisories-'))
  const file = join(folder.path, 'all.zip')
  await download(registry, ecosystem, file, { signal, tell })
  return await importArchive(registry, file, { signal, tell })
}

async function download(
  { outbound, scans }: Registry,
  ecosystem: string,
  file: string,
  { signal, tell }: UpdateOptions,
): Promise<void> {
  const url = new URL(`${encodeURIComponent(ecosystem)}/all.zip`, withSlash(scans.advisoryMirror))
  await using answer = await outbound.send({ method: 'GET', url, maxBytes: mostBytes, signal })
  if (answer.status !== 200) {
    throw new NoAdvisoriesError(
      `${url.host} has no advisories for '${ecosystem}': it answered ${answer.status}`,
    )
  }
  await pipeline(counted(answer, tell), createWriteStream(file, { mode: 0o600 }), { signal })
}

async function* counted(
  { body, headers }: OutboundResponse,
  tell: UpdateOptions['tell'],
): AsyncGenerator<Uint8Array> {
  const of = Number(headers['content-length'] ?? 0)
  let done = 0
  for await (const bytes of body) {
    done += bytes.length
    tell({ step: 'downloading', done, of, changed: 0 })
    yield bytes
  }
}

async function importArchive(
  registry: Registry,
  file: string,
  { signal, tell }: UpdateOptions,
): Promise<AdvisoryProgress> {
  // Loaded when it is needed.
  const { readArchive } = await import('./read-archive.ts')
  let progress: AdvisoryProgress = { step: 'importing', done: 0, of: 0, changed: 0 }
  for await (const { texts, of } of batches(readArchive(file))) {
    signal.throwIfAborted()
    const { changed } = await importAdvisories(registry, texts.map(parse))
    progress = { ...progress, done: progress.done + texts.length, of, changed: progress.changed + changed }
    tell(progress)
  }
  return { ...progress, step: 'done' }
}

async function* batches(
  records: AsyncIterable<{ readonly text: string; readonly of: number }>,
): AsyncGenerator<{ readonly texts: string[]; readonly of: number }> {
  let texts: string[] = []
  let characters = 0
  let total = 0
  for await (const { text, of } of records) {
    texts.push(text)
    characters += text.length
    total = of
    if (texts.length < batch.records && characters < batch.characters) continue
    yield { texts, of }
    texts = []
    characters = 0
  }
  if (texts.length > 0) yield { texts, of: total }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function withSlash(url: URL): string {
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}
