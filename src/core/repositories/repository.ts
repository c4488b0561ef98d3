import type { RepositoryKey } from '../names/registry-key.ts'

/** Whether a pushed tag may move (ECR user guide, "Image tag mutability"). */
export type TagMutability = 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION'

/** The setting and, for the `_WITH_EXCLUSION` modes, one to five wildcard patterns of tags it does not hold for. */
export interface TagMutabilitySetting {
  readonly mode: TagMutability
  readonly exclusions: readonly string[]
}

export interface Encryption {
  readonly type: 'AES256' | 'KMS' | 'KMS_DSSE'
  /** The full ARN of the key; absent for AES256. */
  readonly kmsKey?: string
}

/** What a repository is apart from its images. `id` is the store's own and never leaves the process. */
export interface Repository extends RepositoryKey {
  readonly id: number
  readonly createdAt: Date
  readonly tagMutability: TagMutabilitySetting
  readonly scanOnPush: boolean
  readonly encryption: Encryption
}
