import type { AccountId } from '../names/account-id.ts'
import { InvalidInputError, NoSuchEntityError, ValidationError } from './iam-errors.ts'

/** An issuer of tokens (OpenID Connect) whom an account believes, so that roles can trust those it speaks of. */
export interface OidcProvider {
  readonly account: AccountId
  /** What stands behind `https://` in the `iss` of its tokens, to the letter: one with a slash at its end is another. */
  readonly issuer: string
  /** For whom its tokens must be meant. */
  readonly clientIds: readonly string[]
  /** SHA-1 of certificates, in lower case, that its server is believed by where no public authority vouches for it. */
  readonly thumbprints: readonly string[]
  readonly createdAt: Date
}

/** Names one provider of an account. */
export type OidcProviderKey = Pick<OidcProvider, 'account' | 'issuer'>

const scheme = 'https://'
const arnPattern = /^arn:aws:iam::([0-9]{12}):oidc-provider\/(.+)$/
const hexadecimal = /^[0-9a-f]{40}$/i
const mostThumbprints = 5

/** `arn:aws:iam::<account>:oidc-provider/<host>/path` */
export function oidcProviderArn({ account, issuer }: OidcProviderKey): string {
  return `arn:aws:iam::${account}:oidc-provider/${issuer}`
}

/**
 * The provider of an account that an ARN names.
 *
 * @throws NoSuchEntityError for an ARN of anything else, or of another account's
 */
export function parseOidcProviderArn(account: AccountId, arn: string): OidcProviderKey {
  const [, owner, issuer] = arnPattern.exec(arn) ?? []
  if (owner !== account || issuer === undefined) throw noSuchOidcProvider(arn)
  return { account, issuer }
}

/** The URL of an issuer, as its tokens have it. */
export function issuerUrl({ issuer }: Pick<OidcProvider, 'issuer'>): string {
  return scheme + issuer
}

/**
 * What stands behind `https://` in the URL of an issuer. It has to be written in the one way that browsers write it too, so that no two
 * spellings stand for the same server. Unlike AWS, a port may be there: issuers on private networks have some.
 *
 * @throws ValidationError for what is no URL, InvalidInputError
 * @see IAM API reference, CreateOpenIDConnectProvider, Url
 */
export function parseIssuerUrl(text: string): string {
  const url = URL.parse(text)
  if (url === null) throw new ValidationError('Invalid Open ID Connect Provider URL')
  if (url.protocol !== 'https:') {
    throw new InvalidInputError('Invalid Open ID Connect Provider URL. The URL must begin with https://.')
  }
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === ''
  const isUsual = url.href === text || url.href === `${text}/`
  // A host such as `aws` would lend its claims the names of AWS's own condition keys.
  const isOwnName = /[.:]/.test(url.host)
  if (!isPlain || !isUsual || !isOwnName) throw new InvalidInputError('Invalid Open ID Connect Provider URL.')
  return text.slice(scheme.length)
}

/** Checks thumbprints, and writes them in lower case. @throws InvalidInputError */
export function parseThumbprints(texts: readonly string[]): string[] {
  if (texts.length > mostThumbprints) {
    throw new InvalidInputError('Thumbprint list must contain fewer than 5 entries.')
  }
  if (!texts.every((text) => hexadecimal.test(text))) {
    throw new InvalidInputError('Thumbprint must be exactly 40 characters.')
  }
  return texts.map((text) => text.toLowerCase())
}

export function noSuchOidcProvider(arn: string): NoSuchEntityError {
  return new NoSuchEntityError(`OpenIDConnect Provider not found for arn ${arn}`)
}
