import type { LifecyclePolicy } from '../core/lifecycle/policy.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { StoredLifecyclePolicy } from '../stores/metadata/lifecycle.ts'
import { deleteExpired, PolicyReplacedError } from './lifecycle/delete-expired.ts'
import { type JudgedImage, judgeImages, type WorkRhythm } from './lifecycle/judge-images.ts'
import { OldestImages } from './lifecycle/oldest-images.ts'
import { readPolicy } from './lifecycle/read-policy.ts'
import type { Registry } from './registry.ts'

/** Images that one pass deletes at the most; further passes do the rest. */
const expiredAtOnce = 20_000

export interface LifecycleRun {
  readonly deleted: number
  /** Whether the policy was still there at the end; one that took its place asks for a run of its own. */
  readonly isInForce: boolean
  /** When the next image comes of age, if nothing else happens before. */
  readonly dueAt?: Date | undefined
}

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
 * that is replaced or deleted meanwhile deletes nothing from then on. Killed at any time, it bears being run again.
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
  if (repository === undefined || stored === undefined) return { deleted: 0, isInForce: false }
  const { policy } = readPolicy(stored)
  const evaluation = { registry, repository, stored, policy, rhythm }
  let deleted = 0
  try {
    for (;;) {
      const pass = await makePass(evaluation)
      deleted += pass.deleted
      if (pass.deleted === 0) return { ...pass, deleted }
    }
  } catch (error) {
    if (error instanceof PolicyReplacedError) return { deleted, isInForce: false }
    throw error
  }
}

async function makePass({ registry, repository, stored, policy, rhythm }: Evaluation): Promise<LifecycleRun> {
  await registry.pulls.flush()
  const at = registry.now()
  const expired = new OldestImages<JudgedImage>(expiredAtOnce)
  let dueAt: Date | undefined
  for await (const judged of judgeImages(registry, repository.id, { policy, at }, rhythm)) {
    for (const one of judged) {
      if (one.verdict.outcome === 'expire') expired.add(one)
      dueAt = earlier(dueAt, one.verdict.dueAt)
    }
  }
  const images = expired.oldestFirst()
  const deleted = await deleteExpired({ registry, repository, policyId: stored.id, rhythm }, images)
  await registry.metadata.write((tx) => tx.lifecycle.setEvaluated(repository.id, stored.id, at))
  return { deleted, isInForce: true, dueAt }
}

function earlier(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return one < other ? one : other
}
