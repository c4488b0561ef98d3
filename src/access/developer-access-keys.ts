import { isAccountId } from '../core/names/account-id.ts'
import type { AccessKeys } from './access-keys.ts'
import { rootOf } from './principal.ts'

/**
 * The emulators' convention, for development mode alone: on top of `keys`, any twelve-digit key id is the root of that
 * account, with the secret given.
 */
export function developerAccessKeys(keys: AccessKeys, secret: string): AccessKeys {
  return {
    find: async (id) => {
      const key = await keys.find(id)
      if (key !== undefined || !isAccountId(id)) return key
      return { id, secret, principal: rootOf(id) }
    },
  }
}
