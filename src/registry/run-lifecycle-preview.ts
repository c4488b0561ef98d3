import { policyExecuted } from '../core/events/policy-executed.ts'
import type { LifecyclePolicy } from '../core/lifecycle/policy.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { LifecyclePreview, LifecycleWriter, PreviewResult } from '../stores/metadata/lifecycle.ts'
import { type JudgedImage, judgeImages, type WorkRhythm } from './lifecycle/judge-images.ts'
import { PreviewWriter } from './lifecycle/preview-writer.ts'
import { readPolicy } from './lifecycle/read-policy.ts'
import type { Registry } from './registry.ts'

/** How long the results of a preview are kept, in milliseconds. */
const previewLife = 24 * 60 * 60 * 1000
/** How often a preview is tried before it counts as failed. */
const maxAttempts = 3
const chunksRemovedAtOnce = 100

/**
 * Makes the preview that was asked for in a repository, or forgets one that is old. Resolves to when that will be so. It judges as
 * `runLifecycle` does, and changes nothing but the preview.
 *
 * @param attempt counts from 1
 * @throws the signal's reason, and until the last attempt what went wrong
 */
export async function runLifecyclePreview(
  registry: Registry,
  key: RepositoryKey,
  options: WorkRhythm & { readonly attempt: number },
): Promise<Date | undefined> {
  const { metadata } = registry
  const repository = await metadata.repositories.find(key)
  if (repository === undefined) return undefined
  const { id } = repository
  const run = await metadata.write((tx) => tx.lifecycle.beginPreviewRun(id))
  const preview = await metadata.lifecycle.preview(id)
  if (preview === undefined) return undefined
  const overAt = new Date(preview.startedAt.getTime() + previewLife)
  if (run === undefined) return overAt <= registry.now() ? forget(registry, id, preview) : overAt
  try {
    await make(registry, repository, preview, options)
  } catch (error) {
    if (options.signal.aborted || options.attempt < maxAttempts) throw error
    await end(registry, id, run, { status: 'FAILED', ...nothing })
    throw error
  }
  return overAt
}

const nothing = { expiring: 0, archiving: 0 }

async function make(
  registry: Registry,
  repository: Repository,
  { run, ...stored }: LifecyclePreview,
  rhythm: WorkRhythm,
): Promise<void> {
  const { id: repositoryId } = repository
  await removeChunks(registry, repositoryId, run)
  const { policy } = readPolicy(stored)
  const at = registry.now()
  const writer = new PreviewWriter(registry, {
    repositoryId,
    run,
    tell: dryRun(registry, repository, policy),
  })
  for await (const judged of judgeImages(registry, repository, { policy, at }, rhythm)) {
    for (const one of judged) addResult(writer, one)
    await writer.keepUp()
  }
  await writer.flush()
  await end(registry, repositoryId, run, { status: 'COMPLETE', ...writer.counts })
}

/** How CloudTrail tells of what the policy would do; undefined where that is not asked for. */
function dryRun({ extraEvents, newId, now }: Registry, repository: Repository, { rules }: LifecyclePolicy) {
  if (!extraEvents.has('lifecycle')) return undefined
  const policyId = newId()
  return (images: readonly PreviewResult[]) =>
    policyExecuted(repository, { policyId, rules, images }, { newId, at: now() }, 'DryRunEvent')
}

function addResult(writer: PreviewWriter, { image, verdict: { outcome, rule } }: JudgedImage): void {
  if (outcome === 'kept') return
  const { digest, tags, pushedAt } = image
  const storage = image.storage === 'ACTIVE' ? 'standard' : 'archive'
  writer.add({ digest, tags, pushedAt, priority: rule?.priority ?? 0, action: outcome, storage })
}

async function forget(
  registry: Registry,
  repositoryId: number,
  { run }: LifecyclePreview,
): Promise<undefined> {
  await end(registry, repositoryId, run, { status: 'EXPIRED', ...nothing })
  await removeChunks(registry, repositoryId, run + 1)
}

async function end(
  { metadata }: Registry,
  repositoryId: number,
  run: number,
  outcome: Parameters<LifecycleWriter['endPreviewRun']>[2],
): Promise<void> {
  await metadata.write((tx) => tx.lifecycle.endPreviewRun(repositoryId, run, outcome))
}

async function removeChunks({ metadata }: Registry, repositoryId: number, before: number): Promise<void> {
  let removed: number
  do {
    removed = await metadata.write((tx) =>
      tx.lifecycle.removePreviewChunks(repositoryId, before, chunksRemovedAtOnce),
    )
  } while (removed === chunksRemovedAtOnce)
}
