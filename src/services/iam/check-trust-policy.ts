import { checkPolicyDocument, checkPolicySize } from '../../access/iam/policy-documents.ts'

const longest = 2_048

/** @throws MalformedPolicyDocumentError, IamLimitExceededError */
export function checkTrustPolicy(text: string): void {
  checkPolicyDocument(text, 'trust')
  checkPolicySize([text], longest, 'ACLSizePerRole')
}
