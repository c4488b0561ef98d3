import { IamLimitExceededError, MalformedPolicyDocumentError } from '../../core/iam/iam-errors.ts'
import { type PolicyKind, parsePolicy } from '../../core/policies/parse-policy.ts'
import { PolicyDocumentError } from '../../core/policies/policy-document-error.ts'

/** @throws MalformedPolicyDocumentError in IAM's words */
export function checkPolicyDocument(text: string, kind: PolicyKind): void {
  try {
    parsePolicy(text, kind)
  } catch (error) {
    if (error instanceof PolicyDocumentError) {
      throw new MalformedPolicyDocumentError(error.message, { cause: error })
    }
    throw error
  }
}

/** White space doesn't count. @throws IamLimitExceededError */
export function checkPolicySize(texts: readonly string[], limit: number, what: string): void {
  const size = texts.reduce((sum, text) => sum + text.replace(/\s/g, '').length, 0)
  if (size > limit) throw new IamLimitExceededError(`Cannot exceed quota for ${what}: ${limit}`)
}
