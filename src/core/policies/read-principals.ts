import { isAccountId } from '../names/account-id.ts'
import { readObject, readTexts, syntaxError } from './json-members.ts'
import type { NamedPrincipal } from './policy-document.ts'
import { PolicyDocumentError } from './policy-document-error.ts'

const accountRoot = /^arn:aws[a-z-]*:iam::([0-9]{12}):root$/
const identityArn = /^arn:aws[a-z-]*:(?:iam|sts)::[0-9]{12}:[a-z-]+\/[^*?]+$/
const federatedUser = /^arn:aws[a-z-]*:sts::[0-9]{12}:federated-user\//
/** Of a user or a role, or of one session of a role. */
const uniqueId = /^A[A-Z]{3}[A-Z0-9]{12,}(?::[\w+=,.@-]+)?$/

/**
 * Reads a `Principal`. Only `"*"` stands for many: no other wildcard is known here.
 *
 * @throws PolicyDocumentError
 * @see IAM user guide, "AWS JSON policy elements: Principal"
 */
export function readPrincipals(value: unknown): readonly NamedPrincipal[] {
  if (value === '*') return [{ kind: 'everyone' }]
  const kinds = readObject(value, ['AWS', 'Service', 'Federated'])
  const named = Object.entries(kinds).flatMap(([kind, names]) =>
    readTexts(names).map((name) => readPrincipal(kind, name)),
  )
  if (named.length === 0) throw new PolicyDocumentError(syntaxError)
  return named
}

function readPrincipal(kind: string, name: string): NamedPrincipal {
  if (kind === 'Service') return { kind: 'service', name }
  if (kind === 'Federated') return { kind: 'federated', name }
  const principal = readAwsPrincipal(name)
  if (principal !== undefined) return principal
  throw new PolicyDocumentError(`Invalid principal in policy: "AWS":"${name}"`)
}

/** Reads one name under `AWS`; undefined for what is none. */
export function readAwsPrincipal(name: string): NamedPrincipal | undefined {
  if (name === '*') return { kind: 'everyone' }
  const account = isAccountId(name) ? name : accountRoot.exec(name)?.[1]
  if (account !== undefined) return { kind: 'account', name: account }
  if (federatedUser.test(name)) return { kind: 'federated-user', name }
  return identityArn.test(name) || uniqueId.test(name) ? { kind: 'aws', name } : undefined
}
