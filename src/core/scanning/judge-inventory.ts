import { type DistributionFeed, feedOf } from './distribution.ts'
import type { InstalledPackage } from './installed-package.ts'
import type { ImageInventory } from './layer-inventory.ts'
import { ecosystemsOf, isDistributionFormat } from './package-format.ts'
import type { ScanType } from './scanning-configuration.ts'

/** What a scan of an image can go by: the packages, and the ecosystems whose advisories speak of them. */
export interface ScanScope {
  readonly feed: DistributionFeed | undefined
  readonly packages: readonly InstalledPackage[]
  readonly ecosystems: readonly string[]
}

/**
 * Which packages a scan looks at: a basic one those of the distribution, an enhanced one those of languages too. There are none where
 * the distribution isn't known here, or says nothing of its packages.
 */
export function scopeOf({ distribution, packages }: ImageInventory, type: ScanType): ScanScope {
  const feed = distribution && feedOf(distribution)
  const looksAt = ({ format }: InstalledPackage) =>
    isDistributionFormat(format) ? format === feed?.format : type === 'ENHANCED'
  const seen = packages.filter(looksAt)
  const languages = seen.flatMap(({ format }) => ecosystemsOf(format))
  const own = feed !== undefined && seen.some(({ format }) => format === feed.format) ? feed.ecosystems : []
  return { feed, packages: seen, ecosystems: [...new Set([...own, ...languages])] }
}

/** Groups of ecosystems each of which needs advisories: a distribution's names are one, each language is its own. */
export function uncovered({ feed, ecosystems }: ScanScope, known: ReadonlySet<string>): readonly string[] {
  const [first] = feed?.ecosystems ?? []
  const own = new Set(feed?.ecosystems)
  const isOwn = first !== undefined && ecosystems.includes(first)
  const lacksOwn = isOwn && ![...own].some((name) => known.has(name))
  const languages = ecosystems.filter((name) => !own.has(name) && !known.has(name))
  return [...(lacksOwn ? [first] : []), ...languages]
}
