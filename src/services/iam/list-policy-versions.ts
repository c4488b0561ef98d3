import type { IamAction, PolicyRequest } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onPolicy } from './permissions.ts'
import { versionShape, versionsOf } from './policy-shape.ts'
import { findRequestedPolicy } from './requested-policy.ts'

/** More versions than a policy ever has, so that the newest come first. */
const mostVersions = 1e9

/** @see IAM API reference, ListPolicyVersions */
export const listPolicyVersions: IamAction<PolicyRequest & PagedInput> = {
  operation: 'ListPolicyVersions',
  permissions: onPolicy('ListPolicyVersions'),
  async run(input, call, iam) {
    const policy = await findRequestedPolicy(input, call, iam)
    const versions = await versionsOf(policy, iam)
    const newestFirst = ({ version }: { readonly version: number }) => String(mostVersions * 2 - version)
    const { rows, paging } = await pageOf(call, input, versions, newestFirst)
    return { Versions: rows.map((version) => versionShape(policy, version)), ...paging }
  },
}
