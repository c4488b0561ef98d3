import type { Cause } from '../../core/images/cause.ts'
import type { Digest } from '../../core/names/digest.ts'
import { deleteImages, type ImageDeletion } from '../delete-images.ts'
import type { JudgedImage } from './judge-images.ts'
import { findPulled, hasTags, requirePolicy, type Sentence } from './since-judged.ts'

/** Images deleted in one transaction. */
const deletedAtOnce = 100

const cause: Cause = { actor: 'berth', reason: 'lifecycle' }

/**
 * Deletes what a policy has expired, in the order given, and resolves to how many images that were. One that isn't any more as
 * it was judged, by its tags or where the rule asks for that by its pulls, is left to the next evaluation.
 *
 * @throws PolicyReplacedError before anything is deleted that the policy in force doesn't say
 * @throws the signal's reason
 */
export async function deleteExpired(
  { registry, repository, policyId, rhythm }: Sentence,
  images: readonly JudgedImage[],
): Promise<number> {
  let count = 0
  for (let at = 0; at < images.length; at += deletedAtOnce) {
    rhythm.signal.throwIfAborted()
    const judged = new Map(images.slice(at, at + deletedAtOnce).map((one) => [one.image.digest, one]))
    let pulledSince: ReadonlySet<Digest> = new Set()
    const deletions = await deleteImages(registry, repository, [...judged.keys()].map(byDigest), {
      lastTag: 'deletes-image',
      cause,
      async guard(tx) {
        await requirePolicy(tx, repository.id, policyId)
        pulledSince = await findPulled(tx, repository.id, judged)
      },
      expectation: (digest, tags) =>
        digest !== undefined && !pulledSince.has(digest) && hasTags(judged.get(digest), tags),
    })
    count += deletions.filter(isDone).length
    await rhythm.rest()
  }
  return count
}

function byDigest(digest: Digest): { readonly digest: Digest } {
  return { digest }
}

function isDone(deletion: ImageDeletion): boolean {
  return 'deleted' in deletion
}
