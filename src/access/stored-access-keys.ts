import { LRUCache } from 'lru-cache'
import type { AccessKeyReader } from '../stores/metadata/access-keys.ts'
import type { AccessKey, AccessKeys } from './access-keys.ts'
import { rootOf } from './principal.ts'
import type { Vault } from './vault.ts'

/** Milliseconds that a key is believed to be good where it isn't signed with; a key that is taken back is dead by then. */
const trust = 2_000
const keysKept = 10_000

/** The access keys in the database. */
export class StoredAccessKeys implements AccessKeys {
  readonly #keys: AccessKeyReader
  readonly #vault: Vault
  readonly #live: LRUCache<string, true>

  constructor(keys: AccessKeyReader, vault: Vault, now: () => Date) {
    this.#keys = keys
    this.#vault = vault
    const perf = { now: () => now().getTime() }
    this.#live = new LRUCache({ max: keysKept, ttl: trust, ttlResolution: 0, perf })
  }

  async find(id: string): Promise<AccessKey | undefined> {
    const key = await this.#keys.find(id)
    if (key === undefined) return undefined
    const secret = this.#vault.decrypt(key.encryptedSecret, id)
    return { id, secret, principal: rootOf(key.account, id) }
  }

  /** Whether a key that was good once is so still; within two seconds after it was taken back it may seem so. */
  async isLive(id: string): Promise<boolean> {
    if (this.#live.has(id)) return true
    if ((await this.#keys.find(id)) === undefined) return false
    this.#live.set(id, true)
    return true
  }

  /** Forgets a key at once, in this process. */
  forget(id: string): void {
    this.#live.delete(id)
  }
}

/** Looks for a key in one place after another. */
export function firstOf(...places: readonly AccessKeys[]): AccessKeys {
  return {
    async find(id) {
      for (const place of places) {
        const key = await place.find(id)
        if (key !== undefined) return key
      }
      return undefined
    },
  }
}
