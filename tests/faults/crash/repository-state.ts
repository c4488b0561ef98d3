import type { TestImage } from '../../support/test-image.ts'

/** What a repository holds, as its one client knows it; undefined stands for a repository that isn't there. */
export type RepositoryState = Holdings | undefined

export interface Holdings {
  readonly images: ReadonlyMap<string, TestImage>
  /** Digests by tag. */
  readonly tags: ReadonlyMap<string, string>
}

export const nothing: Holdings = { images: new Map(), tags: new Map() }

/** An image under a tag, which it takes from any other. */
export function tagged({ images, tags }: Holdings, image: TestImage, tag: string): Holdings {
  return {
    images: new Map([...images, [image.digest, image]]),
    tags: new Map([...tags, [tag, image.digest]]),
  }
}

/** Without a tag, and without its image when that was the last. */
export function untagged({ images, tags }: Holdings, tag: string): Holdings {
  const digest = tags.get(tag) ?? ''
  const left = new Map([...tags].filter(([name]) => name !== tag))
  if ([...left.values()].includes(digest)) return { images, tags: left }
  return without({ images, tags: left }, digest)
}

/** Without an image and all its tags. */
export function without({ images, tags }: Holdings, digest: string): Holdings {
  return {
    images: new Map([...images].filter(([each]) => each !== digest)),
    tags: new Map([...tags].filter(([, each]) => each !== digest)),
  }
}

/** What ListImages says of it, sorted: `tag digest`, or the digest alone of an image without tags. */
export function listingOf(state: RepositoryState): readonly string[] | undefined {
  if (state === undefined) return undefined
  const taggedDigests = new Set(state.tags.values())
  return [
    ...[...state.tags].map(([tag, digest]) => `${tag} ${digest}`),
    ...[...state.images.keys()].filter((digest) => !taggedDigests.has(digest)),
  ].toSorted()
}
