import type { Advisory, AffectedPackage, VersionEvent, VersionRange } from './advisory.ts'
import type { CvssScore, Rating } from './severity.ts'

/** What a record lacks, to be an advisory. */
export class InvalidAdvisoryError extends Error {
  override readonly name = 'InvalidAdvisoryError'
}

/** What a vector comes to; undefined for one that isn't valid, or of a kind nobody knows. */
export type ScoreVector = (vector: string) => CvssScore | undefined

/**
 * Reads an OSV record. Undefined for what says nothing about packages: what was withdrawn, and what a distribution publishes for
 * mended faults that are no vulnerabilities.
 *
 * @throws InvalidAdvisoryError
 * @see OSV schema 1.7
 */
export function readAdvisory(record: unknown, score: ScoreVector): Advisory | undefined {
  if (!isObject(record)) throw new InvalidAdvisoryError('An OSV record is a JSON object')
  const id = text(record.id)
  if (!id) throw new InvalidAdvisoryError("An OSV record has an 'id'")
  const modified = date(record.modified)
  if (modified === undefined) throw new InvalidAdvisoryError(`${id} has no valid 'modified'`)
  if (record.withdrawn !== undefined || isNoVulnerability(id)) return undefined
  const affected = objects(record.affected).flatMap((entry) => readAffected(entry, record, score))
  const references = objects(record.references).flatMap(({ url }) => text(url) ?? [])
  const names = namesOf(id, record)
  return {
    id,
    modified,
    published: date(record.published),
    names,
    description: text(record.details) || text(record.summary) || '',
    url: urlOf(id, names[0] ?? id, objects(record.references)),
    references,
    affected,
  }
}

/** AlmaLinux's bug fixes and enhancements come in the same feed as its security advisories. */
function isNoVulnerability(id: string): boolean {
  return /^AL[BE]A-/.test(id)
}

/**
 * The CVEs of a record. A distribution's advisory about several names them under `related`, where other databases have what is only
 * somehow like it.
 */
function namesOf(id: string, record: JsonObject): string[] {
  const isBulletin = /^(?:AL|RL|RH|SUSE-|openSUSE-)/.test(id)
  const lists = [record.upstream, record.aliases, ...(isBulletin ? [record.related] : [])]
  const cves = [id, ...lists.flatMap(strings)].filter((name) => /^CVE-\d+-\d+$/.test(name))
  return cves.length === 0 ? [id] : [...new Set(cves)]
}

function urlOf(id: string, name: string, references: readonly JsonObject[]): string {
  if (id.startsWith('DEBIAN-')) return `https://security-tracker.debian.org/tracker/${name}`
  const advisory = references.find(({ type }) => type === 'ADVISORY') ?? references[0]
  return text(advisory?.url) ?? `https://osv.dev/vulnerability/${id}`
}

function readAffected(entry: JsonObject, record: JsonObject, score: ScoreVector): AffectedPackage[] {
  const pkg = entry.package
  if (!isObject(pkg)) return []
  const [ecosystem, name] = [text(pkg.ecosystem), text(pkg.name)]
  if (!ecosystem || !name) return []
  const ranges = objects(entry.ranges)
    .filter(({ type }) => type !== 'GIT')
    .map(readRange)
  return [
    {
      ecosystem,
      name: nameIn(ecosystem, name),
      ranges,
      versions: strings(entry.versions),
      module: moduleOf(record, ranges),
      rating: readRating(entry, record, score),
    },
  ]
}

/** As inventories spell it. @see PyPA, "Names and normalization" */
function nameIn(ecosystem: string, name: string): string {
  return ecosystem === 'PyPI' ? name.toLowerCase().replaceAll(/[-_.]+/g, '-') : name
}

const eventTypes = ['introduced', 'fixed', 'last_affected', 'limit'] as const

function readRange({ events }: JsonObject): VersionRange {
  return objects(events).flatMap((event) =>
    eventTypes.flatMap((type): VersionEvent[] => {
      const version = text(event[type])
      return version === undefined ? [] : [{ type, version }]
    }),
  )
}

/** AlmaLinux has one list for all streams of a module; the summary names the one: `Important: nodejs:18 security update`. */
function moduleOf(record: JsonObject, ranges: readonly VersionRange[]): string | undefined {
  if (!ranges.flat().some(({ version }) => /\.module[_+]el/.test(version))) return undefined
  return /^\w+: ([\w.+-]+:[\w.+-]+)\s/.exec(text(record.summary) ?? '')?.[1]
}

function readRating(entry: JsonObject, record: JsonObject, score: ScoreVector): Rating {
  const own = objects(entry.severity)
  const severities = own.length > 0 ? own : objects(record.severity)
  const cvss = severities.flatMap((severity) => score(text(severity.score) ?? '') ?? [])
  return { cvss, word: wordOf(entry, record, severities) }
}

/** Where each database puts its word: Debian and GitHub in members of their own, Ubuntu as a severity, Red Hat's kin in the summary. */
function wordOf(
  entry: JsonObject,
  record: JsonObject,
  severities: readonly JsonObject[],
): string | undefined {
  const places = [entry.ecosystem_specific, entry.database_specific, record.database_specific]
  const words = places.filter(isObject).flatMap((place) => text(place.urgency) ?? text(place.severity) ?? [])
  const plain = severities.flatMap(({ type, score }) => (type === 'Ubuntu' ? (text(score) ?? []) : []))
  const [, first] = /^(Critical|Important|Moderate|Low): /.exec(text(record.summary) ?? '') ?? []
  return words[0] ?? plain[0] ?? first
}

type JsonObject = Readonly<Record<string, unknown>>

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function date(value: unknown): Date | undefined {
  const time = new Date(text(value) ?? '')
  return Number.isNaN(time.getTime()) ? undefined : time
}
