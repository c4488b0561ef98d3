import { deflateRawSync } from 'node:zlib'
import type { Iam } from '../../access/iam/iam.ts'
import { findManagedPolicy } from '../../access/iam/managed-policies.ts'
import { managedPolicyText } from '../../access/iam/managed-policy-text.ts'
import { checkPolicyDocument } from '../../access/iam/policy-documents.ts'
import { MalformedPolicyDocumentError, PackedPolicyTooLargeError } from '../../core/iam/iam-errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'

/** Bytes that a session's policies and tags may have, packed. */
const room = 2_048

/** What a session is begun with, by STS's names. */
export interface SessionPoliciesRequest {
  readonly Policy?: string
  readonly PolicyArns?: readonly { readonly arn?: string }[]
}

/**
 * The texts of the policies that a session is begun with.
 *
 * @throws MalformedPolicyDocumentError
 */
export async function sessionPolicies(
  { Policy: inline, PolicyArns: arns = [] }: SessionPoliciesRequest,
  account: AccountId,
  { metadata }: Iam,
): Promise<string[]> {
  if (inline !== undefined) checkPolicyDocument(inline, 'identity')
  const texts = inline === undefined ? [] : [inline]
  for (const { arn = '' } of arns) {
    const known = await findManagedPolicy(metadata, account, arn)
    const text = known && (await managedPolicyText(metadata, arn))
    if (text === undefined) throw new MalformedPolicyDocumentError(`Policy ${arn} was not found.`)
    texts.push(text)
  }
  return texts
}

/**
 * How much of a session's room its policies and tags take, in percent.
 *
 * @throws PackedPolicyTooLargeError for more than there is
 */
export function packedSize({ Policy: inline, PolicyArns: arns = [] }: SessionPoliciesRequest, tags: object) {
  if (inline === undefined && arns.length === 0 && Object.keys(tags).length === 0) return undefined
  const packed = deflateRawSync(JSON.stringify([inline?.replace(/\s+/g, ' '), arns, tags]))
  const percent = Math.ceil((packed.byteLength / room) * 100)
  if (percent <= 100) return percent
  throw new PackedPolicyTooLargeError(
    `Packed size of session policies and tags consumes ${percent}% of allotted space.`,
  )
}
