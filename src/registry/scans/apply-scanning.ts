import { type ScanFrequencyChange, scanFrequencyChanged } from '../../core/events/scan-frequency-changed.ts'
import type { Image } from '../../core/images/image.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { isScannable } from '../../core/scanning/image-scan.ts'
import { rescanJob } from '../../core/scanning/scan-jobs.ts'
import { defaultScanning, scanningOf } from '../../core/scanning/scanning-configuration.ts'
import { emitEvents } from '../emit-events.ts'
import type { Registry } from '../registry.ts'
import { askForScans } from './ask-for-scans.ts'
import { findScanningConfiguration } from './find-scanning.ts'

/** Repositories in one event, and images in one transaction. */
const atOnce = 100

/**
 * Does what follows from a change of a registry's scanning configuration: tells of repositories whose enhanced scanning has changed, and has
 * the images of those scanned that are scanned by it from now on.
 *
 * @throws the signal's reason
 */
export async function applyScanning(
  registry: Registry,
  key: RegistryKey,
  signal: AbortSignal,
): Promise<void> {
  const { metadata } = registry
  const previous = (await metadata.scans.previousConfiguration(key)) ?? defaultScanning
  const present = await findScanningConfiguration(metadata, key)
  if (previous.type === 'BASIC' && present.type === 'BASIC') return
  // Berth's own scanner looks again when advisories change; another's database changes without a word.
  if (registry.scans.scanner !== 'builtin')
    await metadata.write((tx) => tx.jobs.add(rescanJob, tomorrow(registry)))
  for await (const repositories of pagesOf(registry, key)) {
    signal.throwIfAborted()
    const changed = repositories.flatMap((repository) => {
      const [now, before] = [scanningOf(present, repository), scanningOf(previous, repository)]
      return now.frequency === before.frequency && now.type === before.type
        ? []
        : [{ repository, now, before }]
    })
    await tell(
      registry,
      key,
      changed.map(({ repository, now, before }) => ({
        repository,
        frequency: now.frequency,
        previous: before.frequency,
      })),
    )
    for (const { repository, now } of changed) {
      if (now.type === 'ENHANCED' && now.frequency !== 'MANUAL') await scanAll(registry, repository, signal)
    }
  }
}

function tomorrow({ now }: Registry): Date {
  return new Date(now().getTime() + 24 * 60 * 60 * 1000)
}

async function* pagesOf({ metadata }: Registry, key: RegistryKey): AsyncGenerator<Repository[]> {
  let after: Repository['name'] | undefined
  for (;;) {
    const page = await metadata.repositories.list(key, { after, limit: atOnce })
    if (page.length > 0) yield page
    after = page.at(-1)?.name
    if (page.length < atOnce) return
  }
}

async function tell(
  registry: Registry,
  key: RegistryKey,
  changes: readonly ScanFrequencyChange[],
): Promise<void> {
  if (changes.length === 0) return
  await registry.metadata.write((tx) => emitEvents(tx, registry, [scanFrequencyChanged(key, changes)]))
}

async function scanAll(registry: Registry, repository: Repository, signal: AbortSignal): Promise<void> {
  let after: Image | undefined
  for (;;) {
    signal.throwIfAborted()
    const cursor = after && { ...after, tag: null }
    const page = await registry.metadata.images.list(repository.id, {
      tagStatus: 'ANY',
      imageStatus: 'ACTIVE',
      after: cursor,
      limit: atOnce,
    })
    const digests = page.filter(isScannable).map(({ digest }) => digest)
    await askForScans(registry, { repository, digests }, 'ENHANCED')
    after = page.at(-1)
    if (page.length < atOnce) return
  }
}
