import { readImageName } from './image-name.ts'

/** A name by which an engine has an image since this Berth has pulled it for a task. */
export interface PulledReference {
  /** As `referenceOf` writes it. */
  readonly reference: string
  /** The engine's id of the image, once it was pulled. */
  readonly imageId?: string
  /**
   * PULLING: the engine didn't have it, and has been asked for it. REMOVING: the engine is being asked to remove it. Of one that a killed
   * Berth left so nobody knows whose it is by now.
   */
  readonly state: 'PULLING' | 'PULLED' | 'REMOVING'
  /** When it was last pulled, or last seen to be needed. Milliseconds since 1970. */
  readonly usedAt: number
}

/** An image of an engine. */
export interface EngineImage {
  readonly id: string
  /** Its names, as `referenceOf` writes them. */
  readonly references: readonly string[]
}

/**
 * What is to be known of a reference before it is pulled: nothing of one that is there and that Berth hasn't pulled.
 *
 * @param known what is known of it by now
 */
export function beforePull(
  known: PulledReference | undefined,
  { reference, isThere, at }: { readonly reference: string; readonly isThere: boolean; readonly at: number },
): PulledReference | undefined {
  if (!isThere) return { reference, state: 'PULLING', usedAt: at }
  return known && { ...known, usedAt: at }
}

/**
 * What a pull has brought: the names of the pulled image in its repository that weren't there before, or were Berth's own already.
 *
 * @param before the names that the engine had
 * @param known those that are Berth's
 */
export function afterPull(
  { id, references }: EngineImage,
  pull: {
    readonly reference: string
    readonly before: ReadonlySet<string>
    readonly known: readonly PulledReference[]
    readonly at: number
  },
): PulledReference[] {
  const { repository } = readImageName(pull.reference)
  const own = new Set(pull.known.filter(({ state }) => state !== 'PULLING').map((one) => one.reference))
  return references
    .filter((one) => readImageName(one).repository === repository)
    .filter((one) => own.has(one) || !pull.before.has(one))
    .map((reference) => ({ reference, imageId: id, state: 'PULLED', usedAt: pull.at }))
}
