import type { IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'

/** The one name of the caller's account, if it has one. @see IAM API reference, ListAccountAliases */
export const listAccountAliases: IamAction<object> = {
  operation: 'ListAccountAliases',
  permissions: onAccount('ListAccountAliases'),
  async run(_input, { caller }, { metadata }) {
    const alias = await metadata.accounts.aliasOf(caller.account)
    return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false }
  },
}
