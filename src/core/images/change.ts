import type { Digest } from '../names/digest.ts'
import type { Tag } from '../names/tag.ts'
import type { Cause } from './cause.ts'
import type { Image } from './image.ts'

/** One tag that came, moved or went; without a tag, an image that went or came back. */
export interface Change extends Cause {
  readonly tag?: Tag | undefined
  /** The image that was there before, if one was. */
  readonly from?: Digest | undefined
  /** The image that is there since, if one is. */
  readonly to?: Digest | undefined
  readonly at: Date
}

/** An image that was deleted, as it was, and what went with it. */
export interface DeletedImage {
  readonly image: Image
  /** What it was called, in byte order. */
  readonly tags: readonly Tag[]
  readonly at: Date
  readonly cause: Cause
  /** The same for all that went in one transaction. */
  readonly deletion: string
}
