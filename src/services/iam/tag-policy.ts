import { tagPolicy as tag } from '../../access/iam/policy-tags.ts'
import type { IamAction, PolicyRequest } from './iam-action.ts'
import { onPolicy } from './permissions.ts'
import { requestedPolicy } from './requested-policy.ts'
import { readTags, type TagMember } from './tags.ts'

/** @see IAM API reference, TagPolicy */
export const tagPolicy: IamAction<PolicyRequest & { readonly Tags: readonly TagMember[] }> = {
  operation: 'TagPolicy',
  permissions: onPolicy('TagPolicy'),
  async run(input, call, iam) {
    await tag(iam, requestedPolicy(input, call), readTags(input.Tags))
    return {}
  },
}
