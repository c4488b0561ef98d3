import type { Digest } from '../../names/digest.ts'
import { ownMember } from '../../own-member.ts'
import type { Advisory } from '../advisory.ts'
import type { Vulnerability } from '../find-vulnerabilities.ts'
import type { InstalledPackage } from '../installed-package.ts'
import type { PackageFormat } from '../package-format.ts'
import type { ScoreVector } from '../read-advisory.ts'
import type { ScanType } from '../scanning-configuration.ts'
import { type CvssScore, compareSeverity, type Severity, severityOf } from '../severity.ts'
import { compareText } from '../versions/order.ts'

/** A text that isn't what Trivy prints for `--format json`. */
export class InvalidTrivyReportError extends Error {
  override readonly name = 'InvalidTrivyReportError'
}

/** What Trivy has found in an image. */
export interface TrivyReport {
  /** Whether there was anything to look at. */
  readonly isSupported: boolean
  /** Worst first, then by name. */
  readonly vulnerabilities: readonly Vulnerability[]
  /** What it tells of them in words: advisories that speak of no package. */
  readonly words: readonly Advisory[]
}

export interface TrivyReading {
  readonly type: ScanType
  /** The image's, the lowest first; at least one. */
  readonly layers: readonly [Digest, ...Digest[]]
  readonly score: ScoreVector
}

/**
 * Reads Trivy's report. A basic scan looks at what the distribution has, an enhanced one at everything.
 *
 * @throws InvalidTrivyReportError
 * @see Trivy documentation, "Reporting": JSON, schema version 2
 */
export function readTrivyReport(report: unknown, { type, layers, score }: TrivyReading): TrivyReport {
  if (!isObject(report) || report.SchemaVersion !== 2)
    throw new InvalidTrivyReportError('Trivy has printed something else than a report of schema version 2')
  const results = objects(report.Results).filter(({ Class }) => type === 'ENHANCED' || Class === 'os-pkgs')
  const found = results.flatMap((result) =>
    objects(result.Vulnerabilities).map((record) => ({ result, record })),
  )
  const vulnerabilities = new Map<string, Vulnerability>()
  for (const { result, record } of found) {
    const installed = installedPackage(record, result, layerOf(record, report, layers))
    const one = readVulnerability(record, installed, score)
    const key = JSON.stringify([one.name, one.format, one.packageName, one.packageVersion])
    const before = vulnerabilities.get(key)
    vulnerabilities.set(key, before ? { ...before, installed: [...before.installed, ...one.installed] } : one)
  }
  return {
    isSupported: results.length > 0 || hasSystem(report),
    vulnerabilities: [...vulnerabilities.values()].toSorted(worstFirst),
    words: [...new Map(found.map(({ record }) => [idOf(record), wordsOf(record)])).values()],
  }
}

type JsonObject = Readonly<Record<string, unknown>>

function hasSystem({ Metadata }: JsonObject): boolean {
  return isObject(Metadata) && isObject(Metadata.OS)
}

/** Under another name than any database's, so that neither takes the other's place. */
const idPrefix = 'trivy:'

function idOf(record: JsonObject): string {
  return `${idPrefix}${text(record.VulnerabilityID) ?? ''}`
}

/** Whether Trivy has told of an advisory. */
export function isOfTrivy(advisory: string): boolean {
  return advisory.startsWith(idPrefix)
}

function readVulnerability(
  record: JsonObject,
  installed: InstalledPackage,
  score: ScoreVector,
): Vulnerability {
  const fixedIn = text(record.FixedVersion)
  const cvss = scoresOf(record, score)
  return {
    name: text(record.VulnerabilityID) ?? '',
    advisories: [idOf(record)],
    severity: readSeverity(record, cvss),
    cvss,
    format: installed.format,
    packageName: installed.name,
    packageVersion: installed.version,
    ...(fixedIn && { fixedIn }),
    installed: [installed],
  }
}

function readSeverity({ Severity: word }: JsonObject, cvss: readonly CvssScore[]): Severity {
  return severityOf({ cvss, word: text(word) })
}

/** The NVD's vectors where it has any, else those of whoever has. */
function scoresOf({ CVSS }: JsonObject, score: ScoreVector): CvssScore[] {
  if (!isObject(CVSS)) return []
  const [first] = [CVSS.nvd, ...Object.values(CVSS)].filter(isObject)
  const vectors = [first?.V40Vector, first?.V3Vector, first?.V2Vector]
  return vectors.flatMap((vector) => score(text(vector) ?? '') ?? [])
}

function installedPackage(record: JsonObject, result: JsonObject, layer: Digest): InstalledPackage {
  return {
    format: ownMember(formats, text(result.Type) ?? '') ?? 'other',
    name: text(record.PkgName) ?? '',
    version: text(record.InstalledVersion) ?? '',
    path: text(record.PkgPath) ?? text(result.Target) ?? '',
    layer,
  }
}

/** Trivy names a layer as it is stored, or as it is unpacked, by its place among all; a package of no layer is taken for the lowest's. */
function layerOf({ Layer }: JsonObject, { Metadata }: JsonObject, layers: TrivyReading['layers']): Digest {
  const { Digest: digest, DiffID: unpacked } = isObject(Layer) ? Layer : {}
  const all = isObject(Metadata) && Array.isArray(Metadata.DiffIDs) ? Metadata.DiffIDs : []
  return layers.find((each) => each === digest) ?? layers[all.indexOf(unpacked)] ?? layers[0]
}

/** Trivy's types, by what manages the packages. */
const formats: Readonly<Record<string, PackageFormat>> = {
  ...named('dpkg', ['debian', 'ubuntu', 'echo']),
  ...named('apk', ['alpine', 'wolfi', 'chainguard', 'minimos']),
  ...named('rpm', [
    'redhat',
    'centos',
    'centos-stream',
    'coreos',
    'rocky',
    'alma',
    'fedora',
    'oracle',
    'amazon',
    'photon',
    'azurelinux',
  ]),
  ...named('rpm', [
    'cbl-mariner',
    'opensuse',
    'opensuse.leap',
    'opensuse-leap',
    'opensuse-tumbleweed',
    'sles',
    'slem',
    'suse linux enterprise server',
  ]),
  ...named('npm', ['node-pkg', 'npm', 'yarn', 'pnpm', 'bun', 'javascript']),
  ...named('pypi', ['python-pkg', 'pip', 'pipenv', 'poetry', 'uv', 'pylock', 'conda-pkg']),
  ...named('maven', ['jar', 'pom', 'gradle', 'sbt']),
  ...named('go', ['gobinary', 'gomod']),
  ...named('cargo', ['rustbinary', 'cargo']),
}

function named(format: PackageFormat, types: readonly string[]): Record<string, PackageFormat> {
  return Object.fromEntries(types.map((type) => [type, format]))
}

function wordsOf(record: JsonObject): Advisory {
  const id = idOf(record)
  const published = date(record.PublishedDate)
  return {
    id,
    modified: date(record.LastModifiedDate) ?? published ?? new Date(0),
    published,
    names: [text(record.VulnerabilityID) ?? ''],
    description: text(record.Description) || text(record.Title) || '',
    url: text(record.PrimaryURL) ?? '',
    references: Array.isArray(record.References)
      ? record.References.filter((each) => typeof each === 'string')
      : [],
    affected: [],
  }
}

function worstFirst(one: Vulnerability, other: Vulnerability): number {
  return (
    compareSeverity(one.severity, other.severity) ||
    compareText(one.name, other.name) ||
    compareText(one.packageName, other.packageName)
  )
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function date(value: unknown): Date | undefined {
  const time = new Date(text(value) ?? '')
  return Number.isNaN(time.getTime()) ? undefined : time
}
