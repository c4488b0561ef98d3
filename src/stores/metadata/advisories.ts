import type { Advisory } from '../../core/scanning/advisory.ts'
import type { AdvisoryEntry } from '../../core/scanning/find-vulnerabilities.ts'

/** What is known of the packages of one ecosystem. */
export interface AdvisoryFeed {
  /** `Debian:12`, `npm` */
  readonly ecosystem: string
  /** When advisories for it were last put here, changed or not. */
  readonly updatedAt: Date
  /** When the newest of them was last changed. */
  readonly newestAt: Date
}

/** What an advisory says in words. */
export type AdvisoryWords = Omit<Advisory, 'affected' | 'names'>

export interface AdvisoryReader {
  /** What advisories say of the packages of these names in these ecosystems. */
  entries(ecosystems: readonly string[], names: readonly string[]): Promise<AdvisoryEntry[]>
  /** In no order; one that isn't here has none. */
  words(ids: readonly string[]): Promise<AdvisoryWords[]>
  /** When those that are here were last changed. */
  modified(ids: readonly string[]): Promise<ReadonlyMap<string, Date>>
  feeds(ecosystems?: readonly string[]): Promise<AdvisoryFeed[]>
  /** How many advisories there are for an ecosystem. */
  count(ecosystem: string): Promise<number>
}

export interface AdvisoryWriter {
  /** Puts advisories in the place of those with the same ids. */
  put(advisories: readonly Advisory[]): Promise<void>
  delete(ids: readonly string[]): Promise<void>
  /** Deletes all of them, and that there were any: development mode's reset. */
  deleteAll(): Promise<void>
  /** Notes that advisories for these ecosystems came at a time; the newest change so far is kept. */
  noteFeeds(feeds: readonly AdvisoryFeed[]): Promise<void>
}
