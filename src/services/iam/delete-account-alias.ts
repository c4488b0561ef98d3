import { removeAccountAlias } from '../../access/iam/account-aliases.ts'
import type { IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'

/** @see IAM API reference, DeleteAccountAlias */
export const deleteAccountAlias: IamAction<{ readonly AccountAlias: string }> = {
  operation: 'DeleteAccountAlias',
  permissions: onAccount('DeleteAccountAlias'),
  async run({ AccountAlias: alias }, { caller }, iam) {
    await removeAccountAlias(iam, caller.account, alias)
    return {}
  },
}
