import { isDigest } from '../../names/digest.ts'
import type { RegistryKey } from '../../names/registry-key.ts'
import { isRepositoryName, type RepositoryName } from '../../names/repository-name.ts'
import { ownMember } from '../../own-member.ts'
import { type Acceptance, type AcceptanceScope, type Justification, justifications } from '../acceptance.ts'
import { packageNameIn, readPackageUrl } from './component-purl.ts'
import { registryProduct } from './openvex-document.ts'

/** A text that is no OpenVEX document. */
export class InvalidVexError extends Error {
  override readonly name = 'InvalidVexError'
}

/** Whose statements they become, and for which images where the document doesn't say it in ways known here. */
export interface VexReading {
  readonly registry: RegistryKey
  /** What the document is about, whatever it calls its products. */
  readonly repository?: RepositoryName | undefined
  readonly by: string
  readonly at: Date
  readonly expiresAt?: Date | undefined
}

export interface VexContents {
  readonly acceptances: readonly Acceptance[]
  readonly passedOver: readonly PassedOverStatement[]
}

/** A statement that accepts nothing here. */
export interface PassedOverStatement {
  /** Its place in the document, from 0. */
  readonly index: number
  readonly reason: string
}

/**
 * What an OpenVEX document says need not be mended. A statement that something is affected, or is looked into, accepts nothing.
 *
 * @throws InvalidVexError
 * @see OpenVEX specification 0.2.0, and 0.0.1, where vulnerabilities and products are plain texts
 */
export function readOpenVex(document: unknown, reading: VexReading): VexContents {
  const statements = isObject(document) ? document.statements : undefined
  const context = isObject(document) ? text(document['@context']) : undefined
  if (!Array.isArray(statements) || !context?.startsWith('https://openvex.dev/ns'))
    throw new InvalidVexError(
      "An OpenVEX document is a JSON object with OpenVEX's '@context' and with 'statements'",
    )
  const acceptances: Acceptance[] = []
  const passedOver: PassedOverStatement[] = []
  for (const [index, statement] of statements.entries()) {
    const read = isObject(statement) ? readStatement(statement, reading) : 'It is no object'
    if (typeof read === 'string') passedOver.push({ index, reason: read })
    else acceptances.push(...read)
  }
  return { acceptances, passedOver }
}

type JsonObject = Readonly<Record<string, unknown>>

/** What a statement accepts, or why it accepts nothing. */
function readStatement(statement: JsonObject, reading: VexReading): readonly Acceptance[] | string {
  const status = ownMember(statuses, text(statement.status) ?? '')
  if (status === undefined) return `Its status is '${text(statement.status) ?? ''}', which accepts nothing`
  const names = vulnerabilitiesOf(statement.vulnerability)
  if (names.length === 0) return 'It names no vulnerability'
  const scopes = list(statement.products).flatMap((product) => scopesOf(product, statement, reading))
  if (scopes.length === 0) return 'None of its products is an image of this registry'
  const justification = justificationIn(statement)
  const { by, at, expiresAt } = reading
  const facts = { status, reason: reasonOf(statement), justification, expiresAt, by, at }
  return names.flatMap((vulnerability) => scopes.map((scope) => ({ vulnerability, ...scope, ...facts })))
}

const statuses: Readonly<Record<string, Acceptance['status']>> = {
  not_affected: 'NOT_AFFECTED',
  fixed: 'FIXED',
}

function reasonOf(statement: JsonObject): string {
  const words = [statement.impact_statement, statement.status_notes, statement.justification].map(text)
  return words.find(Boolean) ?? 'The document gives no reason'
}

function justificationIn({ justification }: JsonObject): Justification | undefined {
  return justifications.find((known) => known === justification)
}

/** The CVEs where there are any, else all names. */
function vulnerabilitiesOf(vulnerability: unknown): string[] {
  const parts = isObject(vulnerability)
    ? [vulnerability.name, ...list(vulnerability.aliases), vulnerability['@id']]
    : [vulnerability]
  const names = parts.flatMap((part) => text(part) ?? []).filter((name) => name !== '')
  const cves = names.filter((name) => /^CVE-\d+-\d+$/.test(name))
  return cves.length > 0 ? [...new Set(cves)] : names.slice(0, 1)
}

type Place = Omit<AcceptanceScope, 'vulnerability'>

function scopesOf(product: unknown, statement: JsonObject, reading: VexReading): Place[] {
  const image = idsOf(product).flatMap((id) => imageOf(id, reading) ?? [])[0] ?? givenImage(reading)
  if (image === undefined) return []
  const own = isObject(product) ? list(product.subcomponents) : []
  const names = [...own, ...list(statement.subcomponents)].flatMap((part) =>
    idsOf(part).flatMap(packageNameOf),
  )
  return names.length === 0 ? [image] : [...new Set(names)].map((packageName) => ({ ...image, packageName }))
}

function givenImage({ repository }: VexReading): Place | undefined {
  return repository && { repository }
}

function imageOf(id: string, { registry, repository: given }: VexReading): Place | undefined {
  if (id === registryProduct(registry) && given === undefined) return {}
  const purl = readPackageUrl(id)
  if (purl?.type !== 'oci') return undefined
  const path = purl.qualifiers.get('repository_url')?.split('/').slice(1).join('/')
  const repository = given ?? (path || purl.name)
  if (!isRepositoryName(repository)) return undefined
  return { repository, ...(isDigest(purl.version) && { digest: purl.version }) }
}

function packageNameOf(id: string): string[] {
  const purl = readPackageUrl(id)
  return purl === undefined ? [] : [packageNameIn(purl)]
}

/** What a product or component calls itself. */
function idsOf(thing: unknown): string[] {
  if (!isObject(thing)) return [text(thing) ?? '']
  const identifiers = isObject(thing.identifiers) ? Object.values(thing.identifiers) : []
  return [thing['@id'], ...identifiers].flatMap((id) => text(id) ?? [])
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
