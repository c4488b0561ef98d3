import type { IamAction, PolicyRequest } from './iam-action.ts'
import { onPolicy } from './permissions.ts'
import { policyShape } from './policy-shape.ts'
import { findRequestedPolicy } from './requested-policy.ts'
import { tagMembers } from './tags.ts'

/** @see IAM API reference, GetPolicy */
export const getPolicy: IamAction<PolicyRequest> = {
  operation: 'GetPolicy',
  permissions: onPolicy('GetPolicy'),
  async run(input, call, iam) {
    const policy = await findRequestedPolicy(input, call, iam)
    const tags = Object.fromEntries(await iam.metadata.arnTags.of(policy.arn))
    return {
      Policy: {
        ...(await policyShape(policy, call, iam)),
        Description: policy.description,
        Tags: tagMembers(tags),
      },
    }
  },
}
