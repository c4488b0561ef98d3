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

/** What is wrong with a package, wherever it is installed. */
export type Fault = Omit<Vulnerability, 'installed'>

/** What an advisory would call a package. */
export interface PackageSubject {
  readonly format: PackageFormat
  readonly ecosystems: readonly string[]
  readonly name: string
  readonly version: string
  readonly module?: string | undefined
}

/** How advisories speak of a package; undefined where none can: its distribution isn't known. */
function subjectOf(pkg: InstalledPackage, feed: DistributionFeed | undefined): PackageSubject | undefined {
  const { format, name, version, source, module } = pkg
  if (!isDistributionFormat(format))
    return { format, ecosystems: ecosystemsOf(format), name, version, module }
  if (feed?.format !== format) return undefined
  const { ecosystems, names } = feed
  const called = (names === 'source' && source) || pkg
  return { format, ecosystems, name: called.name, version: called.version, module }
}

/** Packages of an image that every advisory calls the same. */
export interface SubjectGroup {
  readonly subject: PackageSubject
  /** The same for the same subject. */
  readonly key: string
  readonly installed: readonly InstalledPackage[]
}

/** What an advisory would call the same is judged once: a kernel's source has dozens of packages. */
export function groupBySubject(
  packages: readonly InstalledPackage[],
  feed: DistributionFeed | undefined,
): SubjectGroup[] {
  const groups = new Map<string, SubjectGroup & { readonly installed: InstalledPackage[] }>()
  for (const pkg of packages) {
    const subject = subjectOf(pkg, feed)
    if (subject === undefined) continue
    const key = keyOf(subject)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { subject, key, installed: [pkg] })
    else group.installed.push(pkg)
  }
  return [...groups.values()]
}

function keyOf({ format, ecosystems, name, version, module }: PackageSubject): string {
  return JSON.stringify([format, ecosystems, name, version, module])
}

/**
 * What is known to be wrong with packages, worst first, then by name. What several advisories say of one CVE and one package is one
 * vulnerability.
 *
 * @param faultsOf what is wrong with packages of a group, each CVE once
 */
export function findVulnerabilities(
  groups: readonly SubjectGroup[],
  faultsOf: (group: SubjectGroup) => readonly Fault[],
): Vulnerability[] {
  const found = new Map<string, Vulnerability>()
  for (const group of groups) {
    for (const fault of faultsOf(group)) {
      const key = JSON.stringify([fault.name, fault.format, fault.packageName, fault.packageVersion])
      const before = found.get(key)
      const { installed } = group
      found.set(key, before ? mergedVulnerability(before, fault, installed) : { ...fault, installed })
    }
  }
  return [...found.values()].toSorted(worstFirst)
}

/**
 * What is known to be wrong with a package, each CVE once.
 *
 * @param entriesOf what advisories say of the package of this name, in this ecosystem
 */
export function faultsOf(
  subject: PackageSubject,
  entriesOf: (ecosystem: string, name: string) => readonly AdvisoryEntry[],
): Fault[] {
  const { format, ecosystems, name, version, module } = subject
  const compare = versionOrder(format)
  const faults = new Map<string, Fault>()
  const entries = ecosystems
    .flatMap((ecosystem) => entriesOf(ecosystem, name))
    .filter(({ affected }) => affected.module === module && affects(affected, version, compare))
  for (const entry of entries) {
    for (const cve of entry.names) {
      const before = faults.get(cve)
      const fault = toFault(cve, entry, subject, compare)
      faults.set(cve, before ? mergedFault(before, fault) : fault)
    }
  }
  return [...faults.values()]
}

function toFault(
  cve: string,
  { affected, id }: AdvisoryEntry,
  { format, name, version }: PackageSubject,
  compare: VersionOrder,
): Fault {
  const fixedIn = fixAfter(affected, version, compare)
  return {
    name: cve,
    advisories: [id],
    severity: severityOf(affected.rating),
    cvss: affected.rating.cvss,
    format,
    packageName: name,
    packageVersion: version,
    ...(fixedIn === undefined ? {} : { fixedIn }),
  }
}

/** The worse severity, and the fix that mends what both tell of; the advisory with a CVSS vector says more. */
function mergedFault(one: Fault, other: Fault): Fault {
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
  }
}

/** The packages of one source may be of different modules. */
function mergedVulnerability(
  { installed, ...before }: Vulnerability,
  fault: Fault,
  more: readonly InstalledPackage[],
): Vulnerability {
  return { ...mergedFault(before, fault), installed: [...installed, ...more] }
}

function worstFirst(one: Vulnerability, other: Vulnerability): number {
  return (
    compareSeverity(one.severity, other.severity) ||
    compareText(one.name, other.name) ||
    compareText(one.packageName, other.packageName) ||
    compareText(one.packageVersion, other.packageVersion)
  )
}
