import type { Iam } from '../../access/iam/iam.ts'
import { checkPolicyDocument, checkPolicySize } from '../../access/iam/policy-documents.ts'
import { bindPrincipals } from '../../access/iam/policy-principals.ts'
import { MalformedPolicyDocumentError } from '../../core/iam/iam-errors.ts'

const longest = 2_048

/**
 * Resolves to the text of a trust policy with its principals as they are kept.
 *
 * @throws MalformedPolicyDocumentError, also for a principal that doesn't exist, IamLimitExceededError
 */
export function checkTrustPolicy({ metadata }: Iam, text: string): Promise<string> {
  checkPolicyDocument(text, 'trust')
  checkPolicySize([text], longest, 'ACLSizePerRole')
  return bindPrincipals(
    metadata,
    text,
    (name) => new MalformedPolicyDocumentError(`Invalid principal in policy: "AWS":"${name}"`),
  )
}
