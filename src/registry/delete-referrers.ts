import type { DeletedSubject } from '../core/images/referrers-job.ts'
import type { Digest } from '../core/names/digest.ts'
import { deleteImages } from './delete-images.ts'
import type { Registry } from './registry.ts'

const readAtOnce = 100

/**
 * Deletes the artifacts that a deleted image has left behind: what was pushed before the deletion, unless the image is back. What
 * somebody gave a tag, or what an index lists, is there in its own right and stays. What goes counts as one deletion with
 * the image for as long as that is kept.
 *
 * @throws the signal's reason
 * @see Amazon ECR user guide: reference artifacts are deleted within 24 hours after their subject
 */
export async function deleteReferrers(
  registry: Registry,
  { repository: key, digest: subject, at }: DeletedSubject,
  signal: AbortSignal,
): Promise<void> {
  const { metadata } = registry
  const repository = await metadata.repositories.find(key)
  if (repository === undefined) return
  const deleted = await metadata.history.deletedImage(repository.id, subject)
  const options = {
    lastTag: 'deletes-image',
    expectation: (_digest: Digest | undefined, tags: readonly unknown[]) => tags.length === 0,
    unless: subject,
    cause: { actor: deleted?.cause.actor ?? 'berth', reason: 'subject-deleted' },
    deletion: deleted?.deletion,
  } as const
  let after: Digest | undefined
  do {
    signal.throwIfAborted()
    const page = await metadata.images.referrersOf(repository.id, subject, { after, limit: readAtOnce })
    const orphans = page.filter(({ pushedAt }) => pushedAt <= at)
    await deleteImages(registry, key, orphans, options)
    after = page.length < readAtOnce ? undefined : page.at(-1)?.digest
  } while (after !== undefined)
}
