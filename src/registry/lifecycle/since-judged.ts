import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Registry } from '../registry.ts'
import type { JudgedImage, WorkRhythm } from './judge-images.ts'

/** The policy that was evaluated is no longer in force. */
export class PolicyReplacedError extends Error {
  override readonly name = 'PolicyReplacedError'
}

/** What is done to images that a policy has judged. */
export interface Sentence {
  readonly registry: Registry
  readonly repository: Repository
  /** Of the policy that has judged. */
  readonly policyId: string
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

/** Those that a rule by last pull has judged and somebody has pulled since. */
export async function findPulled(
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
