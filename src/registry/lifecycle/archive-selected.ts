import type { Image } from '../../core/images/image.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { archiveImages } from '../archive-image.ts'
import { emitEvents } from '../emit-events.ts'
import { lockRepository } from '../lock-repository.ts'
import type { JudgedImage } from './judge-images.ts'
import { executionOf, findSpared, hasTags, requirePolicy, type Sentence } from './since-judged.ts'

/** Images archived in one transaction. */
const archivedAtOnce = 100

/**
 * Archives what a policy says, in the order given, and resolves to how many images that were. One that isn't any more as it was judged,
 * or that an active index lists by now, is left to the next evaluation.
 *
 * @throws PolicyReplacedError before anything is archived that the policy in force doesn't say
 * @throws the signal's reason
 */
export async function archiveSelected(sentence: Sentence, images: readonly JudgedImage[]): Promise<number> {
  const { registry, repository, rhythm } = sentence
  let count = 0
  for (let at = 0; at < images.length; at += archivedAtOnce) {
    rhythm.signal.throwIfAborted()
    const judged = new Map(images.slice(at, at + archivedAtOnce).map((one) => [one.image.digest, one]))
    const archived = await registry.metadata.write((tx) => archiveBatch(tx, sentence, judged))
    registry.manifests.drop(repository.id, archived)
    count += archived.length
    await rhythm.rest()
  }
  return count
}

async function archiveBatch(
  tx: MetadataTransaction,
  sentence: Sentence,
  judged: ReadonlyMap<Digest, JudgedImage>,
): Promise<Digest[]> {
  const { registry, repository, stored } = sentence
  const { id } = await lockRepository(tx, repository)
  await requirePolicy(tx, id, stored.id)
  const spared = await findSpared(tx, repository, judged)
  const tags = await tx.tags.ofImages(id, [...judged.keys()])
  const images: Image[] = []
  for (const [digest, one] of judged) {
    if (spared.has(digest) || !hasTags(one, tags.get(digest) ?? [])) continue
    const image = await tx.images.find(id, digest)
    if (image?.storage !== 'ACTIVE' || (await tx.images.activeIndexesOf(id, digest)).length > 0) continue
    images.push(image)
  }
  const archived = await archiveImages(tx, registry, repository, images)
  await emitEvents(tx, registry, executionOf(sentence, judged, archived))
  return archived
}
