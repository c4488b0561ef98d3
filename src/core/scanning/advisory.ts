import type { Rating } from './severity.ts'

/** Something that is wrong with some versions of some packages, as an advisory database tells of it. */
export interface Advisory {
  /** `DEBIAN-CVE-2024-6387`, `ALSA-2024:4312`, `GHSA-...` */
  readonly id: string
  readonly modified: Date
  readonly published?: Date | undefined
  /** The CVEs it is about; where it names none, its own id. */
  readonly names: readonly string[]
  /** Empty where the database has no words for it. */
  readonly description: string
  readonly url: string
  readonly references: readonly string[]
  readonly affected: readonly AffectedPackage[]
}

/** The versions of one package of one ecosystem that an advisory is about. */
export interface AffectedPackage {
  readonly ecosystem: string
  readonly name: string
  readonly ranges: readonly VersionRange[]
  /** Single versions, beside the ranges. */
  readonly versions: readonly string[]
  /** The RPM module and its stream that the fix was made for: `nodejs:18`. */
  readonly module?: string | undefined
  readonly rating: Rating
}

/** The places where a package gets a fault or loses it. */
export type VersionRange = readonly VersionEvent[]

export interface VersionEvent {
  readonly type: 'introduced' | 'fixed' | 'last_affected' | 'limit'
  /** `0` comes before every version. */
  readonly version: string
}
