import type { IamAction, PolicyRequest } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onPolicy } from './permissions.ts'
import { findRequestedPolicy } from './requested-policy.ts'
import { tagMembers } from './tags.ts'

/** @see IAM API reference, ListPolicyTags */
export const listPolicyTags: IamAction<PolicyRequest & PagedInput> = {
  operation: 'ListPolicyTags',
  permissions: onPolicy('ListPolicyTags'),
  async run(input, call, iam) {
    const { arn } = await findRequestedPolicy(input, call, iam)
    const tags = tagMembers(Object.fromEntries(await iam.metadata.arnTags.of(arn)))
    const { rows, paging } = await pageOf(call, input, tags, ({ Key }) => Key)
    return { Tags: rows, ...paging }
  },
}
