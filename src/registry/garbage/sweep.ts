import type { Registry } from '../registry.ts'

/** What a cycle of garbage collection has done so far. */
export interface GarbageTally {
  /** Uploads that nobody went on with. */
  uploads: number
  /** Blobs taken out of repositories where nothing needs them. */
  links: number
  /** Blobs removed, and their bytes. */
  blobs: number
  bytes: number
  /** Blobs that could not be removed; they are tried again in the next cycle. */
  failures: number
}

/** One cycle of garbage collection, as its steps see it. */
export interface Sweep {
  readonly registry: Registry
  /** What was last needed before this may go. */
  readonly before: Date
  readonly tally: GarbageTally
  /** Ends a stretch: lets others have their turn. @throws the signal's reason when the cycle must stop */
  rest(): Promise<void>
  /** Hears of what went wrong without ending the cycle. */
  onFailure(error: unknown, facts: object): void
}

/** Rows looked at in one stretch. */
export const stretchRows = 500
