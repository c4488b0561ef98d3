import { noVerificationKey } from '../../core/iam/web-identity-errors.ts'
import { isObject } from '../../core/policies/json-members.ts'

/** A public key of an issuer, with what verifying needs of it and nothing more. */
export interface IssuerKey {
  readonly kty: 'RSA' | 'EC'
  readonly kid?: string
  readonly alg?: string
  readonly use?: string
  readonly n?: string
  readonly e?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
}

/** Each of RSA and of EC, as on AWS. */
const mostKeys = 100
const told = ['kid', 'alg', 'use', 'n', 'e', 'crv', 'x', 'y'] as const

/**
 * Reads an issuer's key set. What isn't a public RSA or EC key is passed over: no shared secret is ever taken for a key.
 *
 * @throws InvalidIdentityTokenError for what is no key set, or one that is too large
 * @see RFC 7517, 5
 */
export function readKeySet(document: unknown): readonly IssuerKey[] {
  const list = isObject(document) ? document.keys : undefined
  if (!Array.isArray(list)) throw noVerificationKey('There is no list of keys in the key set')
  const keys = list.flatMap(readKey)
  const tooMany = (['RSA', 'EC'] as const).some(
    (type) => keys.filter(({ kty }) => kty === type).length > mostKeys,
  )
  if (tooMany) throw noVerificationKey(`The key set has more than ${mostKeys} keys of a kind`)
  return keys
}

function readKey(value: unknown): IssuerKey[] {
  if (!isObject(value) || (value.kty !== 'RSA' && value.kty !== 'EC')) return []
  const members = told.flatMap((name) => (typeof value[name] === 'string' ? [[name, value[name]]] : []))
  return [{ kty: value.kty, ...Object.fromEntries(members) }]
}
