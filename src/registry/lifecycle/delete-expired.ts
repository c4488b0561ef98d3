import type { Cause } from '../../core/images/cause.ts'
import type { Digest } from '../../core/names/digest.ts'
import { deleteImages, type ImageDeletion } from '../delete-images.ts'
import type { JudgedImage } from './judge-images.ts'
import { executionOf, findSpared, hasTags, requirePolicy, type Sentence } from './since-judged.ts'

/** Images deleted in one transaction. */
const deletedAtOnce = 100

const cause: Cause = { actor: 'berth', reason: 'lifecycle' }

/**
 * Deletes what a policy has expired, in the order given, and resolves to how many images that were. One that isn't any more as
 * it was judged, by its tags, by a task that runs it or where the rule asks for that by its pulls, is left to the next evaluation.
 *
 * @throws PolicyReplacedError before anything is deleted that the policy in force doesn't say
 * @throws the signal's reason
 */
export async function deleteExpired(sentence: Sentence, images: readonly JudgedImage[]): Promise<number> {
  const { registry, repository, stored, rhythm } = sentence
  let count = 0
  for (let at = 0; at < images.length; at += deletedAtOnce) {
    rhythm.signal.throwIfAborted()
    const judged = new Map(images.slice(at, at + deletedAtOnce).map((one) => [one.image.digest, one]))
    let spared: ReadonlySet<Digest> = new Set()
    const deletions = await deleteImages(registry, repository, [...judged.keys()].map(byDigest), {
      lastTag: 'deletes-image',
      cause,
      async guard(tx) {
        await requirePolicy(tx, repository.id, stored.id)
        spared = await findSpared(tx, repository, judged)
      },
      tell: (deletions) => executionOf(sentence, judged, deletedIn(deletions)),
      expectation: (digest, tags) =>
        digest !== undefined && !spared.has(digest) && hasTags(judged.get(digest), tags),
    })
    count += deletedIn(deletions).length
    await rhythm.rest()
  }
  return count
}

function byDigest(digest: Digest): { readonly digest: Digest } {
  return { digest }
}

function deletedIn(deletions: readonly ImageDeletion[]): Digest[] {
  return deletions.flatMap((deletion) =>
    'deleted' in deletion ? deletion.deleted.slice(0, 1).map(({ digest }) => digest) : [],
  )
}
