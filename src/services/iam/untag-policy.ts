import { untagPolicy as untag } from '../../access/iam/policy-tags.ts'
import type { IamAction, PolicyRequest } from './iam-action.ts'
import { onPolicy } from './permissions.ts'
import { requestedPolicy } from './requested-policy.ts'

/** @see IAM API reference, UntagPolicy */
export const untagPolicy: IamAction<PolicyRequest & { readonly TagKeys: readonly string[] }> = {
  operation: 'UntagPolicy',
  permissions: onPolicy('UntagPolicy'),
  async run(input, call, iam) {
    await untag(iam, requestedPolicy(input, call), input.TagKeys)
    return {}
  },
}
