import { LRUCache } from 'lru-cache'
import { entityArn } from '../core/iam/entity.ts'
import { rootArn } from '../core/names/arn.ts'
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
    if (credential === undefined || !(await this.#isActive(credential))) return undefined
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
    if (credential === undefined || !(await this.#isActive(credential))) return false
    return credential.expiresAt === undefined || credential.expiresAt > this.#now()
  }

  /** What was begun with a user's or a root's key ends with it; a role's session goes on. */
  async #isActive({ status, session }: StoredCredential): Promise<boolean> {
    if (status !== 'Active') return false
    return session?.keyId === undefined || this.#isGood(session.keyId)
  }

  async #principalOf({ id, account, entityId, session }: StoredCredential): Promise<Principal | undefined> {
    const entity = entityId === undefined ? undefined : await this.#metadata.iam.entityById(entityId)
    if (entityId !== undefined && entity === undefined) return undefined
    const holder = entity ? { arn: entityArn(entity), id: entity.id } : { arn: rootArn(account), id: account }
    const own = { account, arn: holder.arn, userId: holder.id, keyId: id }
    if (session === undefined) return own
    const begun = { ...own, arn: session.arn, userId: session.userId }
    if (session.federated) return { ...begun, federatedBy: holder }
    return entity?.kind === 'role' ? { ...begun, role: holder } : own
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
