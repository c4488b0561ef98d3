import { LRUCache } from 'lru-cache'
import { entityArn } from '../core/iam/entity.ts'
import type { StoredCredential } from '../stores/metadata/iam.ts'
import type { MetadataReader } from '../stores/metadata/metadata-store.ts'
import type { AccessKey, AccessKeys } from './access-keys.ts'
import { type Principal, rootOf } from './principal.ts'
import type { Vault } from './vault.ts'

/** Milliseconds that a key is believed to be good where it isn't signed with; a key that is taken back is dead by then. */
const trust = 2_000
const keysKept = 10_000

type Reader = Pick<MetadataReader, 'accessKeys' | 'iam'>

/** The access keys in the database: of accounts' roots, of users, and of sessions, which end. */
export class StoredAccessKeys implements AccessKeys {
  readonly #metadata: Reader
  readonly #vault: Vault
  readonly #now: () => Date
  readonly #live: LRUCache<string, true>

  constructor(metadata: Reader, vault: Vault, now: () => Date) {
    this.#metadata = metadata
    this.#vault = vault
    this.#now = now
    const perf = { now: () => now().getTime() }
    this.#live = new LRUCache({ max: keysKept, ttl: trust, ttlResolution: 0, perf })
  }

  async find(id: string): Promise<AccessKey | undefined> {
    const rootKey = await this.#metadata.accessKeys.find(id)
    if (rootKey !== undefined) {
      const secret = this.#vault.decrypt(rootKey.encryptedSecret, id)
      return { id, secret, principal: rootOf(rootKey.account, id) }
    }
    const credential = await this.#metadata.iam.credential(id)
    if (credential?.status !== 'Active') return undefined
    const principal = await this.#principalOf(credential)
    return principal && this.#open(credential, principal)
  }

  /** Whether a key that was good once is so still; within two seconds after it was taken back it may seem so. */
  async isLive(id: string): Promise<boolean> {
    if (this.#live.has(id)) return true
    if (!(await this.#isGood(id))) return false
    this.#live.set(id, true)
    return true
  }

  /** Forgets a key at once, in this process. */
  forget(id: string): void {
    this.#live.delete(id)
  }

  async #isGood(id: string): Promise<boolean> {
    if ((await this.#metadata.accessKeys.find(id)) !== undefined) return true
    const credential = await this.#metadata.iam.credential(id)
    if (credential?.status !== 'Active') return false
    return credential.expiresAt === undefined || credential.expiresAt > this.#now()
  }

  async #principalOf({ id, entityId, session }: StoredCredential): Promise<Principal | undefined> {
    const entity = await this.#metadata.iam.entityById(entityId)
    if (entity === undefined) return undefined
    const arn = entityArn(entity)
    const { account } = entity
    if (entity.kind === 'user') return { account, arn, userId: entity.id, keyId: id }
    return (
      session && {
        account,
        arn: session.arn,
        userId: session.userId,
        keyId: id,
        role: { arn, id: entity.id },
      }
    )
  }

  #open(credential: StoredCredential, principal: Principal): AccessKey {
    const { id, encryptedSecret, encryptedToken, expiresAt } = credential
    return {
      id,
      secret: this.#vault.decrypt(encryptedSecret, id),
      principal,
      ...(encryptedToken !== undefined && {
        sessionToken: this.#vault.decrypt(encryptedToken, `${id} token`),
      }),
      ...(expiresAt !== undefined && { expiresAt }),
    }
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
