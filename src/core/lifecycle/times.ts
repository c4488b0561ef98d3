import type { LifecycleImage, SinceType } from './policy.ts'

export const dayMs = 24 * 60 * 60 * 1000

/** When an image came into its storage class: its push, or its return from the archive. */
export function effectivePush({ pushedAt, lastActivatedAt }: LifecycleImage): number {
  return (lastActivatedAt ?? pushedAt).getTime()
}

/** Where the days of a rule begin to count, in ms since 1970; undefined where nothing of the kind has happened. */
export function sinceWhen(type: SinceType, image: LifecycleImage): number | undefined {
  switch (type) {
    case 'sinceImagePushed':
      return effectivePush(image)
    case 'sinceImagePulled':
      return lastUse(image)
    case 'sinceImageTransitioned':
      return image.lastArchivedAt?.getTime()
  }
}

/** The last pull or, where there was none, the push; what came back from the archive has been used then. */
function lastUse(image: LifecycleImage): number {
  return Math.max(image.lastPulledAt?.getTime() ?? 0, effectivePush(image))
}

/** Newest first, then by digest: the order in which a count rule ranks images. */
export function newestFirst(one: LifecycleImage, other: LifecycleImage): number {
  return effectivePush(other) - effectivePush(one) || (one.digest < other.digest ? -1 : 1)
}
