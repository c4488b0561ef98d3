import type { Occurrence } from '../../core/events/event.ts'
import { policyExecuted } from '../../core/events/policy-executed.ts'
import type { LifecyclePolicy } from '../../core/lifecycle/policy.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { StoredLifecyclePolicy } from '../../stores/metadata/lifecycle.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Registry } from '../registry.ts'
import { imagesHeldByTasks } from './images-in-use.ts'
import type { JudgedImage, WorkRhythm } from './judge-images.ts'

/** The policy that was evaluated is no longer in force. */
export class PolicyReplacedError extends Error {
  override readonly name = 'PolicyReplacedError'
}

/** What is done to images that a policy has judged. */
export interface Sentence {
  readonly registry: Registry
  readonly repository: Repository
  /** The policy that has judged. */
  readonly stored: StoredLifecyclePolicy
  readonly policy: LifecyclePolicy
  readonly rhythm: WorkRhythm
}

/** @throws PolicyReplacedError when another policy is in force by now, or none */
export async function requirePolicy(
  tx: MetadataTransaction,
  repositoryId: number,
  policyId: string,
): Promise<void> {
  const policy = await tx.lifecycle.policy(repositoryId)
  if (policy?.id !== policyId) throw new PolicyReplacedError()
}

/** Those that have come into use since they were judged: a rule by last pull has judged them and somebody has pulled them, or a task runs them. */
export async function findSpared(
  tx: MetadataTransaction,
  repository: Repository,
  judged: ReadonlyMap<Digest, JudgedImage>,
): Promise<ReadonlySet<Digest>> {
  const pulled = await findPulled(tx, repository.id, judged)
  return pulled.union(await imagesHeldByTasks(tx, repository))
}

/** Those that a rule by last pull has judged and somebody has pulled since. */
async function findPulled(
  tx: MetadataTransaction,
  repositoryId: number,
  judged: ReadonlyMap<Digest, JudgedImage>,
): Promise<ReadonlySet<Digest>> {
  const byPull = [...judged.values()].filter(({ verdict }) => verdict.rule?.count.type === 'sinceImagePulled')
  if (byPull.length === 0) return new Set()
  const images = await tx.images.findMany(
    repositoryId,
    byPull.map(({ image }) => image.digest),
  )
  const pulled = images.filter(({ digest, lastPulledAt }) =>
    isLater(lastPulledAt, judged.get(digest)?.image.lastPulledAt),
  )
  return new Set(pulled.map(({ digest }) => digest))
}

function isLater(one: Date | undefined, other: Date | undefined): boolean {
  return (one?.getTime() ?? 0) > (other?.getTime() ?? 0)
}

/** Whether an image has the tags with which it was judged. */
export function hasTags(judged: JudgedImage | undefined, tags: readonly string[]): boolean {
  const before = judged?.image.tags ?? []
  return before.length === tags.length && before.every((tag) => tags.includes(tag))
}

/** What a policy has done, for those who want to be told of it as CloudTrail does. */
export function executionOf(
  { registry, repository, stored, policy }: Sentence,
  judged: ReadonlyMap<Digest, JudgedImage>,
  done: readonly Digest[],
): Occurrence[] {
  const images = done.flatMap((digest) => {
    const { image, verdict } = judged.get(digest) ?? {}
    return image ? [{ ...image, priority: verdict?.rule?.priority ?? 0 }] : []
  })
  const { id: policyId, lastEvaluatedAt } = stored
  const execution = { policyId, rules: policy.rules, lastEvaluatedAt, images }
  return policyExecuted(repository, execution, { newId: registry.newId, at: registry.now() })
}
