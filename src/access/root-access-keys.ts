import type { AccountId } from '../core/names/account-id.ts'
import type { AccessKey, AccessKeys } from './access-keys.ts'
import { rootOf } from './principal.ts'

/** The one access key of an account's root. */
export function rootAccessKeys(root: {
  readonly account: AccountId
  readonly id: string
  readonly secret: string
}): AccessKeys {
  const key: AccessKey = { id: root.id, secret: root.secret, principal: rootOf(root.account) }
  return { find: async (id) => (id === key.id ? key : undefined) }
}
