import { compareApk } from './versions/apk-order.ts'
import { compareDpkg } from './versions/dpkg-order.ts'
import { compareMaven } from './versions/maven-order.ts'
import type { VersionOrder } from './versions/order.ts'
import { comparePep440 } from './versions/pep440-order.ts'
import { compareRpm } from './versions/rpm-order.ts'
import { compareSemver } from './versions/semver-order.ts'

/** Who manages a package: a distribution's package manager, or a language's. */
export type PackageFormat = 'dpkg' | 'apk' | 'rpm' | 'npm' | 'pypi' | 'maven' | 'go' | 'cargo'

const orders: Readonly<Record<PackageFormat, VersionOrder>> = {
  dpkg: compareDpkg,
  apk: compareApk,
  rpm: compareRpm,
  npm: compareSemver,
  pypi: comparePep440,
  maven: compareMaven,
  go: compareSemver,
  cargo: compareSemver,
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
} as const satisfies Partial<Record<PackageFormat, string>>

export type DistributionFormat = Exclude<PackageFormat, keyof typeof languageEcosystems>

export function isDistributionFormat(format: PackageFormat): format is DistributionFormat {
  return !(format in languageEcosystems)
}
