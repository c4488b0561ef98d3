import { LimitExceededError } from '../core/errors.ts'
import type { Cause } from '../core/images/cause.ts'
import { movingTags, type TagPlace } from '../core/images/push.ts'
import type { Digest } from '../core/names/digest.ts'
import type { Repository } from '../core/repositories/repository.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { Registry } from './registry.ts'

/**
 * Points tags of a locked repository at one of its images and notes it in the history; those that are there already stay as they
 * are. Whether they may move is decided before.
 *
 * @throws LimitExceededError for tags per image
 */
export async function putTags(
  tx: MetadataTransaction,
  { quotas, now }: Registry,
  repository: Repository,
  digest: Digest,
  { places, cause }: { readonly places: readonly TagPlace[]; readonly cause: Cause },
): Promise<void> {
  const elsewhere = movingTags(digest, places)
  if (elsewhere.length === 0) return
  const held = (await tx.tags.ofImages(repository.id, [digest])).get(digest) ?? []
  if (held.length + elsewhere.length > quotas.tagsPerImage) {
    throw tooManyTags(repository, digest, quotas.tagsPerImage)
  }
  const at = now()
  for (const { name } of elsewhere) await tx.tags.put(repository.id, name, digest, at)
  await tx.history.record(
    repository.id,
    elsewhere.map(({ name, current }) => ({ tag: name, from: current, to: digest, at, ...cause })),
  )
}

function tooManyTags({ name, account }: Repository, digest: Digest, limit: number): LimitExceededError {
  return new LimitExceededError(
    `The limit of ${limit} tags per image is reached for the image with digest '${digest}' in the repository with name '${name}' in the registry with id '${account}'`,
  )
}
