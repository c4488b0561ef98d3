import { NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import { encodeDocument } from './encode-document.ts'
import type { IamAction, PolicyRequest } from './iam-action.ts'
import { onPolicy } from './permissions.ts'
import { versionShape, versionsOf } from './policy-shape.ts'
import { findRequestedPolicy } from './requested-policy.ts'

/** @see IAM API reference, GetPolicyVersion */
export const getPolicyVersion: IamAction<PolicyRequest & { readonly VersionId: string }> = {
  operation: 'GetPolicyVersion',
  permissions: onPolicy('GetPolicyVersion'),
  async run(input, call, iam) {
    const policy = await findRequestedPolicy(input, call, iam)
    const found = (await versionsOf(policy, iam)).find(({ version }) => `v${version}` === input.VersionId)
    if (found === undefined) {
      throw new NoSuchEntityError(
        `Policy ${policy.arn} version ${input.VersionId} does not exist or is not attachable.`,
      )
    }
    return { PolicyVersion: { ...versionShape(policy, found), Document: encodeDocument(found.document) } }
  },
}
