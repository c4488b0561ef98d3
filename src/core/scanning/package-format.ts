import { compareApk } from './versions/apk-order.ts'
import { compareDpkg } from './versions/dpkg-order.ts'
import { compareMaven } from './versions/maven-order.ts'
import { compareText, type VersionOrder } from './versions/order.ts'
import { comparePep440 } from './versions/pep440-order.ts'
import { compareRpm } from './versions/rpm-order.ts'
import { compareSemver } from './versions/semver-order.ts'

/** Who manages a package: a distribution's package manager, or a language's; `other` is one that only other scanners know. */
export type PackageFormat = DistributionFormat | keyof typeof languageEcosystems | 'other'

export type DistributionFormat = 'dpkg' | 'apk' | 'rpm'

const orders: Readonly<Record<PackageFormat, VersionOrder>> = {
  dpkg: compareDpkg,
  apk: compareApk,
  rpm: compareRpm,
  npm: compareSemver,
  pypi: comparePep440,
  maven: compareMaven,
  go: compareSemver,
  cargo: compareSemver,
  other: compareText,
}

/** The order in which the versions of a format follow each other. */
export function versionOrder(format: PackageFormat): VersionOrder {
  return orders[format]
}

/** The formats of languages, and what OSV calls where their packages come from. */
export const languageEcosystems = {
  npm: 'npm',
  pypi: 'PyPI',
  maven: 'Maven',
  go: 'Go',
  cargo: 'crates.io',
} as const

const distributionFormats: readonly PackageFormat[] = ['dpkg', 'apk', 'rpm']

export function isDistributionFormat(format: PackageFormat): format is DistributionFormat {
  return distributionFormats.includes(format)
}

/** Where the packages of a language's format come from; nowhere for those of others. */
export function ecosystemsOf(format: PackageFormat): readonly string[] {
  const named: Readonly<Partial<Record<PackageFormat, string>>> = languageEcosystems
  return [named[format]].filter((ecosystem) => ecosystem !== undefined)
}
