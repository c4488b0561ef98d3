import { parseAccountAlias } from '../../core/accounts/account.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

/** Makes an account beside the server's own. */
export const createAccount: BerthAction<'CreateAccount'> = {
  operation: 'CreateAccount',
  permissions: onServer('berth:CreateAccount'),
  async run(input, _call, { accounts }) {
    const id = parseAccountId(input.accountId)
    const alias = input.alias === undefined ? undefined : parseAccountAlias(input.alias)
    const key = await accounts.create({ id, alias })
    return { accountId: id, accessKeyId: key.id, secretAccessKey: key.secret }
  },
}
