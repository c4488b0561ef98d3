import { isObject } from '../policies/json-members.ts'
import type { Claims } from './token-claims.ts'
import { IdpRejectedClaimError } from './web-identity-errors.ts'

/** What an issuer wants of the session that its token begins. */
export interface SessionClaims {
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  readonly transitiveTagKeys: readonly string[]
  readonly sourceIdentity: string | undefined
}

const tagsClaim = 'https://aws.amazon.com/tags'
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity'
const mostTags = 50
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
const sourceIdentityText = /^[\w+=,.@-]{2,64}$/

/**
 * Reads the tags and the source identity in a token.
 *
 * @throws IdpRejectedClaimError for those that no session can have
 * @see IAM user guide, "Pass session tags in AWS STS", "Passing session tags using AssumeRoleWithWebIdentity"
 */
export function readSessionClaims(claims: Claims): SessionClaims {
  const sourceIdentity = claims[sourceIdentityClaim]
  if (sourceIdentity !== undefined && !isText(sourceIdentity, sourceIdentityText)) {
    throw new IdpRejectedClaimError(`The token's ${sourceIdentityClaim} is invalid`)
  }
  return { ...readTags(claims[tagsClaim]), sourceIdentity }
}

function readTags(claim: unknown): Pick<SessionClaims, 'tags' | 'transitiveTagKeys'> {
  if (claim === undefined) return { tags: [], transitiveTagKeys: [] }
  const { principal_tags: tags = {}, transitive_tag_keys: keys = [] } = isObject(claim)
    ? claim
    : { principal_tags: claim }
  if (!isObject(tags) || !Array.isArray(keys) || !keys.every((key) => isTag(key, 128))) throw invalidTags()
  const read = Object.entries(tags).map(([Key, value]) => {
    const [Value, ...others] = [value].flat()
    if (others.length > 0 || !isTag(Key, 128) || Key === '' || !isTag(Value, 256)) throw invalidTags()
    return { Key, Value }
  })
  if (read.length > mostTags) throw invalidTags()
  return { tags: read, transitiveTagKeys: keys }
}

function invalidTags(): IdpRejectedClaimError {
  return new IdpRejectedClaimError(`The token's ${tagsClaim} is invalid`)
}

function isTag(value: unknown, longest: number): value is string {
  return isText(value, tagText) && value.length <= longest
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}
