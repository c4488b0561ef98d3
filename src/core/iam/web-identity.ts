import { type OidcProvider, oidcProviderArn } from './oidc-provider.ts'
import { readSessionClaims, type SessionClaims } from './session-claims.ts'
import { type Claims, checkTimes, requiredText, textsOf } from './token-claims.ts'
import { InvalidIdentityTokenError } from './web-identity-errors.ts'

/** What a token of an issuer says of its bearer, as far as roles and policies want to know. */
export interface WebIdentity extends SessionClaims {
  /** The ARN of the issuer, whom the role's account believes. */
  readonly provider: string
  /** How its bearer is called in logs. */
  readonly arn: string
  readonly issuer: string
  readonly subject: string
  /** Whom it is meant for, of those that the provider lists. */
  readonly audience: string
  /** What conditions can ask: `ci.example.com:sub`. */
  readonly values: Readonly<Record<string, readonly string[]>>
}

/**
 * Reads the claims of a token whose issuer is one of an account's providers.
 *
 * @throws InvalidIdentityTokenError, ExpiredIdentityTokenError, IdpRejectedClaimError
 * @see IAM user guide, "OIDC federation"; OpenID Connect Core 1.0, 3.1.3.7, "ID Token Validation"
 */
export function readWebIdentity(claims: Claims, provider: OidcProvider, now: Date): WebIdentity {
  checkTimes(claims, now)
  const subject = requiredText(claims, 'sub')
  const audiences = audiencesOf(claims).filter((each) => provider.clientIds.includes(each))
  const [audience] = audiences
  if (audience === undefined) throw new InvalidIdentityTokenError('Incorrect token audience')
  const arn = oidcProviderArn(provider)
  return {
    provider: arn,
    arn: `${arn}:${audience}:${subject}`,
    issuer: requiredText(claims, 'iss'),
    subject,
    audience,
    values: conditionValues(claims, provider, audiences),
    ...readSessionClaims(claims),
  }
}

/** What conditions can ask about a token as long as the session lasts that it began: what AWS hands on to every service. */
export function lastingValues({ issuer, values }: WebIdentity): WebIdentity['values'] {
  const prefix = `${issuer.replace('https://', '')}:`
  return Object.fromEntries(Object.entries(values).filter(([key]) => ownNames.has(key.slice(prefix.length))))
}

/** Whom a token is meant for: the authorized party where it names one, and else each audience. */
function audiencesOf(claims: Claims): readonly string[] {
  const audiences = textsOf(claims.aud)
  if (audiences.length === 0) throw new InvalidIdentityTokenError('Missing a required claim: aud')
  return claims.azp === undefined ? audiences : textsOf(claims.azp)
}

/** What is asked by these names isn't taken from the token as it stands there. */
const ownNames = new Set(['aud', 'oaud', 'sub', 'amr'])
/** A name with a colon or a slash could be read as another issuer's. */
const plainName = /^[A-Za-z0-9_.-]+$/

/**
 * The condition keys of a token: what AWS tells of every issuer's (`aud`, `oaud`, `sub`, `amr`), and all other claims that are texts,
 * numbers, booleans or lists of texts, as AWS tells some of GitHub's and of others'.
 */
function conditionValues(
  claims: Claims,
  { issuer }: OidcProvider,
  audiences: readonly string[],
): WebIdentity['values'] {
  const told: Record<string, readonly string[]> = {
    ...otherClaims(claims),
    aud: audiences,
    oaud: textsOf(claims.aud),
    sub: [requiredText(claims, 'sub')],
    amr: textsOf(claims.amr),
  }
  return Object.fromEntries(Object.entries(told).map(([name, value]) => [`${issuer}:${name}`, value]))
}

/** Conditions don't tell upper from lower case: of two names that differ in it alone, neither counts. */
function otherClaims(claims: Claims): Record<string, readonly string[]> {
  const folded = Object.keys(claims).map((name) => name.toLowerCase())
  const isOne = (name: string) => folded.indexOf(name) === folded.lastIndexOf(name)
  const told = Object.entries(claims)
    .filter(
      ([name]) => plainName.test(name) && !ownNames.has(name.toLowerCase()) && isOne(name.toLowerCase()),
    )
    .map(([name, value]) => [name, valuesOf(value)] as const)
  return Object.fromEntries(told.filter(([, values]) => values.length > 0))
}

function valuesOf(value: unknown): readonly string[] {
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : textsOf(value)
}
