import { parseAccountId } from '../../core/names/account-id.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

/** Takes an access key of an account's root back. */
export const deleteAccountKey: BerthAction<'DeleteAccountKey'> = {
  operation: 'DeleteAccountKey',
  permissions: onServer('berth:DeleteAccountKey'),
  async run({ accountId, accessKeyId }, _call, { accounts }) {
    await accounts.deleteKey(parseAccountId(accountId), accessKeyId)
    return {}
  },
}
