import type { AffectedPackage } from './advisory.ts'
import { affects, fixAfter } from './affects.ts'
import type { DistributionFeed } from './distribution.ts'
import type { InstalledPackage } from './installed-package.ts'
import { ecosystemsOf, isDistributionFormat, type PackageFormat, versionOrder } from './package-format.ts'
import { type CvssScore, compareSeverity, newestCvss, type Severity, severityOf } from './severity.ts'
import { compareText, type VersionOrder } from './versions/order.ts'

/** One package of an advisory, with what a finding tells of the whole. */
export interface AdvisoryEntry {
  readonly affected: AffectedPackage
  readonly id: string
  readonly names: readonly string[]
}

/** A vulnerability that some packages of an image have, all built from one source. */
export interface Vulnerability {
  /** The CVE where there is one, else the advisory's own name. */
  readonly name: string
  /** The advisories that say so, the one that says most first. */
  readonly advisories: readonly string[]
  readonly severity: Severity
  readonly cvss: readonly CvssScore[]
  readonly format: PackageFormat
  /** What the advisory speaks of: for dpkg and apk the source package. */
  readonly packageName: string
  readonly packageVersion: string
  /** Undefined while there is no fix. */
  readonly fixedIn?: string
  readonly installed: readonly InstalledPackage[]
}

/** What an advisory would call a package. */
export interface PackageSubject {
  readonly ecosystems: readonly string[]
  readonly name: string
  readonly version: string
}

/** How advisories speak of a package; undefined where none can: its distribution isn't known. */
export function subjectOf(
  pkg: InstalledPackage,
  feed: DistributionFeed | undefined,
): PackageSubject | undefined {
  const { format, name, version, source } = pkg
  if (!isDistributionFormat(format)) return { ecosystems: ecosystemsOf(format), name, version }
  if (feed?.format !== format) return undefined
  const { ecosystems, names } = feed
  return { ecosystems, ...(names === 'source' ? (source ?? { name, version }) : { name, version }) }
}

/**
 * What is known to be wrong with packages, worst first, then by name. What several advisories say of one CVE and one package is one
 * vulnerability.
 *
 * @param entriesOf what advisories say of the package of this name, in this ecosystem
 */
export function findVulnerabilities(
  packages: readonly InstalledPackage[],
  feed: DistributionFeed | undefined,
  entriesOf: (ecosystem: string, name: string) => readonly AdvisoryEntry[],
): Vulnerability[] {
  const found = new Map<string, Vulnerability>()
  for (const { subject, installed } of bySubject(packages, feed)) {
    for (const one of vulnerabilitiesOf(installed, subject, entriesOf)) {
      const key = JSON.stringify([one.name, one.format, one.packageName, one.packageVersion])
      const before = found.get(key)
      found.set(key, before === undefined ? one : merged(before, one))
    }
  }
  return [...found.values()].toSorted(worstFirst)
}

/** At least one package. */
type Installed = readonly [InstalledPackage, ...InstalledPackage[]]

/** What an advisory would call the same is judged once: a kernel's source has dozens of packages. */
function bySubject(
  packages: readonly InstalledPackage[],
  feed: DistributionFeed | undefined,
): { readonly subject: PackageSubject; readonly installed: Installed }[] {
  const groups = new Map<
    string,
    { subject: PackageSubject; installed: [InstalledPackage, ...InstalledPackage[]] }
  >()
  for (const pkg of packages) {
    const subject = subjectOf(pkg, feed)
    if (subject === undefined) continue
    const key = JSON.stringify([pkg.format, subject.name, subject.version, pkg.module])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { subject, installed: [pkg] })
    else group.installed.push(pkg)
  }
  return [...groups.values()]
}

function vulnerabilitiesOf(
  installed: Installed,
  { ecosystems, name, version }: PackageSubject,
  entriesOf: (ecosystem: string, name: string) => readonly AdvisoryEntry[],
): Vulnerability[] {
  const [{ format, module }] = installed
  const compare = versionOrder(format)
  return ecosystems
    .flatMap((ecosystem) => entriesOf(ecosystem, name))
    .filter(({ affected }) => affected.module === module && affects(affected, version, compare))
    .flatMap((entry) =>
      entry.names.map((cve) => toVulnerability(cve, entry, installed, { name, version }, compare)),
    )
}

function toVulnerability(
  cve: string,
  { affected, id }: AdvisoryEntry,
  installed: Installed,
  { name, version }: { readonly name: string; readonly version: string },
  compare: VersionOrder,
): Vulnerability {
  const fixedIn = fixAfter(affected, version, compare)
  return {
    name: cve,
    advisories: [id],
    severity: severityOf(affected.rating),
    cvss: affected.rating.cvss,
    format: installed[0].format,
    packageName: name,
    packageVersion: version,
    ...(fixedIn === undefined ? {} : { fixedIn }),
    installed,
  }
}

/** The worse severity, and the fix that mends what both tell of; the advisory with a CVSS vector says more. */
function merged(one: Vulnerability, other: Vulnerability): Vulnerability {
  const [first, second] = newestCvss(one.cvss) || !newestCvss(other.cvss) ? [one, other] : [other, one]
  const fixedIn = [one.fixedIn, other.fixedIn]
    .filter((version) => version !== undefined)
    .toSorted(versionOrder(one.format))
    .at(-1)
  return {
    ...first,
    severity: [one.severity, other.severity].toSorted(compareSeverity)[0] ?? first.severity,
    advisories: [...new Set([...first.advisories, ...second.advisories])],
    ...(fixedIn === undefined ? {} : { fixedIn }),
    installed: [...new Set([...one.installed, ...other.installed])],
  }
}

function worstFirst(one: Vulnerability, other: Vulnerability): number {
  return (
    compareSeverity(one.severity, other.severity) ||
    compareText(one.name, other.name) ||
    compareText(one.packageName, other.packageName) ||
    compareText(one.packageVersion, other.packageVersion)
  )
}
