import { readImageName } from './image-name.ts'
import type { NeededImages } from './needed-images.ts'
import type { EngineImage, PulledReference } from './pulled-reference.ts'

/** What an engine has, and who needs it. */
export interface ImageSurroundings {
  readonly images: readonly EngineImage[]
  /** The ids of images that any container of the engine is made of, whoever has made it and whether it runs or not. */
  readonly inUse: ReadonlySet<string>
  readonly needed: NeededImages
  /** Milliseconds since 1970. */
  readonly at: number
  /** How long an image stays that nothing uses, in milliseconds. */
  readonly expiry: number
}

/** What becomes of references that Berth has pulled; all others stay as they are. */
export interface SortedImages {
  /** In use now, which is to be noted. */
  readonly used: readonly PulledReference[]
  /** The engine may remove them, tags before digests, the longest unused first. */
  readonly expired: readonly PulledReference[]
  /** Not there, or nobody knows any more who has pulled them: they are left to whoever owns the engine. */
  readonly lost: readonly PulledReference[]
}

type Fate = keyof SortedImages | 'stays'

/**
 * Says which images that were pulled for tasks nobody needs any more. An image has what its names have: if Berth has pulled it by its tag
 * and by its digest, both go or none does, and none goes while it has a name in the same repository that is somebody else's.
 */
export function sortOutImages(pulled: readonly PulledReference[], around: ImageSurroundings): SortedImages {
  const images = new Map(
    around.images.flatMap((image) => image.references.map((reference) => [reference, image] as const)),
  )
  const fates = new Map(pulled.map((one) => [one, fateOf(one, images.get(one.reference), pulled, around)]))
  const having = (fate: Fate) => pulled.filter((one) => fates.get(one) === fate)
  return { used: having('used'), expired: having('expired').toSorted(byTurn), lost: having('lost') }
}

function fateOf(
  { reference, state, imageId, usedAt }: PulledReference,
  image: EngineImage | undefined,
  pulled: readonly PulledReference[],
  around: ImageSurroundings,
): Fate {
  const isYoung = isRecent(usedAt, around)
  if (state === 'PULLING') return isYoung ? 'stays' : 'lost'
  if (state === 'REMOVING' || image === undefined || image.id !== imageId) return 'lost'
  if (around.inUse.has(image.id) || isNeeded(image, around.needed)) return 'used'
  const siblings = image.references.filter((one) => isOfOneRepository(one, reference))
  const isExpired = siblings.every((one) => pulled.some((own) => isExpiredName(own, one, image, around)))
  return isExpired ? 'expired' : 'stays'
}

function isExpiredName(
  { reference, imageId, state, usedAt }: PulledReference,
  name: string,
  image: EngineImage,
  around: ImageSurroundings,
): boolean {
  return reference === name && imageId === image.id && state === 'PULLED' && !isRecent(usedAt, around)
}

function isRecent(usedAt: number, { at, expiry }: ImageSurroundings): boolean {
  return usedAt > at - expiry
}

function isNeeded({ references }: EngineImage, { digests, references: names }: NeededImages): boolean {
  return references.some((one) => names.has(one) || digests.has(readImageName(one).digest ?? ''))
}

function isOfOneRepository(one: string, other: string): boolean {
  return readImageName(one).repository === readImageName(other).repository
}

/** An engine that removes a tag removes the digests with it that no other tag of the repository is left of. */
function byTurn(one: PulledReference, other: PulledReference): number {
  return (
    Number(one.reference.includes('@')) - Number(other.reference.includes('@')) || one.usedAt - other.usedAt
  )
}
