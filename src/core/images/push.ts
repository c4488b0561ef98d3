import type { Digest } from '../names/digest.ts'
import type { Tag } from '../names/tag.ts'
import type { ImmutableBy } from '../repositories/tag-mutability.ts'
import type { StorageState } from './storage.ts'

/** What the repository knows when a manifest arrives. */
export interface PushedOnto {
  readonly digest: Digest
  /** Where the repository keeps the digest already, if it has it. */
  readonly storage: StorageState | undefined
  /** Every tag that the push names; none when it goes by the digest alone. */
  readonly tags: readonly TagPlace[]
}

/** Where a tag is now. */
export interface TagPlace {
  readonly name: Tag
  /** The image that has the tag, if any does. */
  readonly current: Digest | undefined
  readonly immutableBy: ImmutableBy | undefined
}

/**
 * `created`: the digest is new here. `tagged`: it was here and gets a tag, new or from another image.
 * `restored`: it was archived, or on its way back, and can be pulled from now on.
 * `unchanged`: the digest, and every tag that was named, were so already; nothing is written.
 */
export type PushOutcome = 'created' | 'tagged' | 'restored' | 'unchanged'

/** A tag that must stay where it is. */
export interface PushRefusal {
  readonly tag: Tag
  readonly immutableBy: ImmutableBy
}

/** The tags that a push gives to an image which doesn't have them. */
export function movingTags(digest: Digest, tags: readonly TagPlace[]): TagPlace[] {
  return tags.filter(({ current }) => current !== digest)
}

/**
 * What a push means. An image that loses its tag stays where it is. An immutable tag may be given, and given again to
 * the digest that has it, but never to another digest: one such tag, and the whole push is refused.
 *
 * @see Amazon ECR API reference, PutImage; ECR user guide, "Preventing image tags from being overwritten"
 */
export function decidePush({ digest, storage, tags }: PushedOnto): PushOutcome | PushRefusal {
  for (const { name, current, immutableBy } of tags) {
    const moves = current !== undefined && current !== digest
    if (moves && immutableBy !== undefined) return { tag: name, immutableBy }
  }
  if (storage === undefined) return 'created'
  if (storage !== 'ACTIVE') return 'restored'
  return tags.every(({ current }) => current === digest) ? 'unchanged' : 'tagged'
}
