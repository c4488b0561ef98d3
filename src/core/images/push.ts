import type { Digest } from '../names/digest.ts'
import type { Tag } from '../names/tag.ts'
import type { ImmutableBy } from '../repositories/tag-mutability.ts'

/** What the repository knows when a manifest arrives. */
export interface PushedOnto {
  readonly digest: Digest
  /** Whether the repository has the digest already. */
  readonly known: boolean
  /** Absent when the push names no tag. */
  readonly tag?: {
    readonly name: Tag
    /** The image that has the tag now, if any does. */
    readonly current: Digest | undefined
    readonly immutableBy: ImmutableBy | undefined
  }
}

/**
 * `created`: the digest is new here. `tagged`: it was here and gets the tag, new or from another image.
 * `unchanged`: the digest, and the tag if there is one, were so already; nothing is written.
 */
export type PushOutcome = 'created' | 'tagged' | 'unchanged'

/** A tag that must stay where it is. */
export interface PushRefusal {
  readonly tag: Tag
  readonly immutableBy: ImmutableBy
}

/**
 * What a push means. An image that loses its tag stays where it is. An immutable tag may be given, and given again to
 * the digest that has it, but never to another digest.
 *
 * @see Amazon ECR API reference, PutImage; ECR user guide, "Preventing image tags from being overwritten"
 */
export function decidePush({ digest, known, tag }: PushedOnto): PushOutcome | PushRefusal {
  const moves = tag?.current !== undefined && tag.current !== digest
  if (moves && tag.immutableBy !== undefined) return { tag: tag.name, immutableBy: tag.immutableBy }
  if (!known) return 'created'
  return tag === undefined || tag.current === digest ? 'unchanged' : 'tagged'
}
