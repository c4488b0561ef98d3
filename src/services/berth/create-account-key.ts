import { parseAccountId } from '../../core/names/account-id.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

/** Makes another access key of an account's root. */
export const createAccountKey: BerthAction<'CreateAccountKey'> = {
  operation: 'CreateAccountKey',
  permissions: onServer('berth:CreateAccountKey'),
  async run(input, _call, { accounts }) {
    const accountId = parseAccountId(input.accountId)
    const { id, secret } = await accounts.createKey(accountId)
    return { accountId, accessKeyId: id, secretAccessKey: secret }
  },
}
