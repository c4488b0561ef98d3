import { setAccountAlias } from '../../access/iam/account-aliases.ts'
import type { IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'

/** Names the caller's account; a name before it is gone. @see IAM API reference, CreateAccountAlias */
export const createAccountAlias: IamAction<{ readonly AccountAlias: string }> = {
  operation: 'CreateAccountAlias',
  permissions: onAccount('CreateAccountAlias'),
  async run({ AccountAlias: alias }, { caller }, iam) {
    await setAccountAlias(iam, caller.account, alias)
    return {}
  },
}
