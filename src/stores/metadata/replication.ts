import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Tag } from '../../core/names/tag.ts'
import type { ReplicationRule } from '../../core/replication/replication-rules.ts'

/** How an image's way to one other registry stands. */
export interface ReplicationState {
  readonly destination: RegistryKey
  readonly status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED'
  /** Why it failed, in a word. */
  readonly failureCode?: string | undefined
  /** Tags that are yet to be brought. */
  readonly tags: readonly Tag[]
}

export interface ReplicationReader {
  /** A registry's rules in the order they were put; none when it has none. */
  rules(registry: RegistryKey): Promise<readonly ReplicationRule[]>
  /** How an image stands with each registry it was to go to, by account and region. */
  states(repositoryId: number, digest: Digest): Promise<ReplicationState[]>
}

export interface ReplicationWriter {
  /** Puts a registry's rules in the place of those before. */
  putRules(registry: RegistryKey, rules: readonly ReplicationRule[]): Promise<void>
  /** Deletes the rules of every account and region: development mode's reset. */
  deleteAllRules(): Promise<void>
  /** Notes how an image of a locked repository stands with one registry. It is forgotten when the image goes. */
  putState(repositoryId: number, digest: Digest, state: ReplicationState): Promise<void>
}
