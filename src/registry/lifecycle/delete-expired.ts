import type { Cause } from '../../core/images/cause.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { deleteImages, type ImageDeletion } from '../delete-images.ts'
import type { Registry } from '../registry.ts'
import type { JudgedImage, WorkRhythm } from './judge-images.ts'

/** Images deleted in one transaction. */
const deletedAtOnce = 100

const cause: Cause = { actor: 'berth', reason: 'lifecycle' }

/** The policy that was evaluated is no longer in force. */
export class PolicyReplacedError extends Error {
  override readonly name = 'PolicyReplacedError'
}

interface Expiry {
  readonly registry: Registry
  readonly repository: Repository
  /** Of the policy that has judged. */
  readonly policyId: string
  readonly rhythm: WorkRhythm
}

/**
 * Deletes what a policy has expired, in the order given, and resolves to how many images that were. One that isn't any more as
 * it was judged, by its tags or where the rule asks for that by its pulls, is left to the next evaluation.
 *
 * @throws PolicyReplacedError before anything is deleted that the policy in force doesn't say
 * @throws the signal's reason
 */
export async function deleteExpired(
  { registry, repository, policyId, rhythm }: Expiry,
  images: readonly JudgedImage[],
): Promise<number> {
  let count = 0
  for (let at = 0; at < images.length; at += deletedAtOnce) {
    rhythm.signal.throwIfAborted()
    const judged = new Map(images.slice(at, at + deletedAtOnce).map((one) => [one.image.digest, one]))
    const pulledSince = new Set<Digest>()
    const deletions = await deleteImages(registry, repository, [...judged.keys()].map(byDigest), {
      lastTag: 'deletes-image',
      cause,
      async guard(tx) {
        await requirePolicy(tx, repository.id, policyId)
        for (const digest of await findPulled(tx, repository.id, judged)) pulledSince.add(digest)
      },
      expectation: (digest, tags) =>
        digest !== undefined && !pulledSince.has(digest) && hasTags(judged.get(digest), tags),
    })
    count += deletions.filter(isDone).length
    await rhythm.rest()
  }
  return count
}

async function requirePolicy(tx: MetadataTransaction, repositoryId: number, policyId: string): Promise<void> {
  const policy = await tx.lifecycle.policy(repositoryId)
  if (policy?.id !== policyId) throw new PolicyReplacedError()
}

/** Those that a rule by last pull has expired and somebody has pulled since. */
async function findPulled(
  tx: MetadataTransaction,
  repositoryId: number,
  judged: ReadonlyMap<Digest, JudgedImage>,
): Promise<Digest[]> {
  const byPull = [...judged.values()].filter(({ verdict }) => verdict.rule?.count.type === 'sinceImagePulled')
  if (byPull.length === 0) return []
  const images = await tx.images.findMany(
    repositoryId,
    byPull.map(({ image }) => image.digest),
  )
  return images
    .filter(({ digest, lastPulledAt }) => isLater(lastPulledAt, judged.get(digest)?.image.lastPulledAt))
    .map(({ digest }) => digest)
}

function isLater(one: Date | undefined, other: Date | undefined): boolean {
  return (one?.getTime() ?? 0) > (other?.getTime() ?? 0)
}

function hasTags(judged: JudgedImage | undefined, tags: readonly string[]): boolean {
  const before = judged?.image.tags ?? []
  return before.length === tags.length && before.every((tag) => tags.includes(tag))
}

function byDigest(digest: Digest): { readonly digest: Digest } {
  return { digest }
}

function isDone(deletion: ImageDeletion): boolean {
  return 'deleted' in deletion
}
