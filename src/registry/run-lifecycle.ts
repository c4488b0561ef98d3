import type { LifecyclePolicy } from '../core/lifecycle/policy.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { StoredLifecyclePolicy } from '../stores/metadata/lifecycle.ts'
import { archiveSelected } from './lifecycle/archive-selected.ts'
import { deleteExpired } from './lifecycle/delete-expired.ts'
import { type JudgedImage, judgeImages, type WorkRhythm } from './lifecycle/judge-images.ts'
import { OldestImages } from './lifecycle/oldest-images.ts'
import { readPolicy } from './lifecycle/read-policy.ts'
import { PolicyReplacedError } from './lifecycle/since-judged.ts'
import type { Registry } from './registry.ts'

/** Images that one pass deletes or archives at the most; further passes do the rest. */
const judgedAtOnce = 20_000

export interface LifecycleRun {
  readonly deleted: number
  readonly archived: number
  /** Whether the policy was still there at the end; one that took its place asks for a run of its own. */
  readonly isInForce: boolean
  /** When the next image comes of age, if nothing else happens before. */
  readonly dueAt?: Date | undefined
}

const nothing = { deleted: 0, archived: 0 }

interface Evaluation {
  readonly registry: Registry
  readonly repository: Repository
  readonly stored: StoredLifecyclePolicy
  readonly policy: LifecyclePolicy
  readonly rhythm: WorkRhythm
}

/**
 * Does what the lifecycle policy of a repository says, oldest images first, pass after pass until a pass finds nothing to do: what an
 * expired index listed goes in the pass after. What goes can be restored for a while, as what anybody deletes. A policy
 * that is replaced or deleted meanwhile does nothing from then on. Killed at any time, it bears being run again.
 *
 * @throws the signal's reason
 * @see Amazon ECR user guide, "How lifecycle policies work"
 */
export async function runLifecycle(
  registry: Registry,
  key: RepositoryKey,
  rhythm: WorkRhythm,
): Promise<LifecycleRun> {
  const repository = await registry.metadata.repositories.find(key)
  const stored = repository && (await registry.metadata.lifecycle.policy(repository.id))
  if (repository === undefined || stored === undefined) return { ...nothing, isInForce: false }
  const { policy } = readPolicy(stored)
  const evaluation = { registry, repository, stored, policy, rhythm }
  const done = { ...nothing }
  try {
    for (;;) {
      const pass = await makePass(evaluation)
      done.deleted += pass.deleted
      done.archived += pass.archived
      if (pass.deleted + pass.archived === 0) return { ...pass, ...done }
    }
  } catch (error) {
    if (error instanceof PolicyReplacedError) return { ...done, isInForce: false }
    throw error
  }
}

async function makePass({ registry, repository, stored, policy, rhythm }: Evaluation): Promise<LifecycleRun> {
  await registry.pulls.flush()
  const at = registry.now()
  const chosen = new OldestImages<JudgedImage>(judgedAtOnce)
  let dueAt: Date | undefined
  for await (const judged of judgeImages(registry, repository, { policy, at }, rhythm)) {
    for (const one of judged) {
      if (one.verdict.outcome !== 'kept') chosen.add(one)
      dueAt = earlier(dueAt, one.verdict.dueAt)
    }
  }
  const sentence = { registry, repository, stored, policy, rhythm }
  const images = chosen.oldestFirst()
  const deleted = await deleteExpired(sentence, images.filter(isExpired))
  const archived = await archiveSelected(
    sentence,
    images.filter((one) => !isExpired(one)),
  )
  await registry.metadata.write((tx) => tx.lifecycle.setEvaluated(repository.id, stored.id, at))
  return { deleted, archived, isInForce: true, dueAt }
}

function isExpired({ verdict }: JudgedImage): boolean {
  return verdict.outcome === 'expire'
}

function earlier(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one < other ? one : other
}
