import type { AccountId } from '../core/names/account-id.ts'
import type { AccessKeys } from './access-keys.ts'

/** CONTRACT. The root key of one account. */
export declare function rootAccessKeys(root: {
  readonly account: AccountId
  readonly id: string
  readonly secret: string
}): AccessKeys

/**
 * CONTRACT (belongs in developer-access-keys.ts). The emulators' convention, for `--dev` alone: on top of `keys`, any
 * twelve-digit key id is the root of that account, with the secret given.
 */
export declare function developerAccessKeys(keys: AccessKeys, secret: string): AccessKeys
