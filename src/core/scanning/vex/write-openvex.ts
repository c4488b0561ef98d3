import type { RegistryKey } from '../../names/registry-key.ts'
import type { Acceptance } from '../acceptance.ts'
import {
  type OpenVexDocument,
  type OpenVexProduct,
  type OpenVexStatement,
  openVexContext,
  registryProduct,
} from './openvex-document.ts'

/** What a document is about, and who wrote it when. */
export interface VexSubject {
  readonly registry: RegistryKey
  /** As container clients name the registry: `localhost:4566`. */
  readonly host: string
  /** Another for each document: a UUID. */
  readonly id: string
  readonly at: Date
  readonly author: string
  /** Of Berth. */
  readonly version: string
}

/** What was accepted, in the words of OpenVEX: a risk that is borne is one that affects, and what is done about it. */
export function writeOpenVex(acceptances: readonly Acceptance[], subject: VexSubject): OpenVexDocument {
  return {
    '@context': openVexContext,
    '@id': `urn:uuid:${subject.id}`,
    author: subject.author,
    timestamp: subject.at.toISOString(),
    version: 1,
    tooling: `berth ${subject.version}`,
    statements: acceptances.map((acceptance) => statementOf(acceptance, subject)),
  }
}

function statementOf(acceptance: Acceptance, subject: VexSubject): OpenVexStatement {
  const { vulnerability, at, expiresAt } = acceptance
  return {
    vulnerability: { name: vulnerability },
    timestamp: at.toISOString(),
    products: [productOf(acceptance, subject)],
    ...wordsOf(acceptance),
    ...(expiresAt && { status_notes: `Accepted until ${expiresAt.toISOString()}.` }),
  }
}

function wordsOf({
  status,
  reason,
  justification,
}: Acceptance): Omit<OpenVexStatement, 'vulnerability' | 'timestamp' | 'products'> {
  switch (status) {
    case 'NOT_AFFECTED':
      return { status: 'not_affected', ...(justification && { justification }), impact_statement: reason }
    case 'FIXED':
      return { status: 'fixed', status_notes: reason }
    case 'RISK_ACCEPTED':
      return { status: 'affected', action_statement: reason }
  }
}

function productOf(
  { repository, digest, packageName }: Acceptance,
  { registry, host }: VexSubject,
): OpenVexProduct {
  const id = repository === undefined ? registryProduct(registry) : ociPurl(host, repository, digest)
  return {
    '@id': id,
    ...(packageName !== undefined && {
      subcomponents: [{ '@id': `pkg:generic/${encodeURIComponent(packageName)}` }],
    }),
  }
}

/** @see Package URL specification, type "oci" */
function ociPurl(host: string, repository: string, digest: string | undefined): string {
  const name = repository.split('/').at(-1) ?? repository
  const version = digest === undefined ? '' : `@${encodeURIComponent(digest)}`
  return `pkg:oci/${name}${version}?repository_url=${encodeURIComponent(`${host}/${repository}`)}`
}
