import type { Generated } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Digest } from '../../../core/names/digest.ts'
import type { Region } from '../../../core/names/region.ts'
import type { RepositoryName } from '../../../core/names/repository-name.ts'
import type { Tag } from '../../../core/names/tag.ts'
import type { UpstreamKind } from '../../../core/pull-through/upstream-kind.ts'
import type { Encryption, TagMutability } from '../../../core/repositories/repository.ts'
import type { ReplicationState } from '../replication.ts'
import type { SigningState } from '../signing.ts'
import type { EpochMillis, Flag } from './columns.ts'

/** What a registry has, once it had anything. */
export interface RegistryTable {
  readonly account_id: AccountId
  readonly region: Region
  /** Kept beside the repositories, so that a quota check doesn't count a hundred thousand rows. */
  readonly repository_count: number
}

export interface PullExclusionTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly principal_arn: string
  readonly created_at: EpochMillis
}

export interface RepositoryTable {
  /** Never given twice, not even after a deletion: caches go by it. */
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly name: RepositoryName
  readonly created_at: EpochMillis
  readonly tag_mutability: TagMutability
  /** A JSON array of wildcard patterns. */
  readonly tag_mutability_exclusions: string
  readonly scan_on_push: Flag
  readonly encryption_type: Encryption['type']
  readonly kms_key: string | null
  /** Kept beside the images, so that a quota check doesn't count a hundred thousand rows at each push. */
  readonly image_count: Generated<number>
}

export interface ResourceTagTable {
  readonly repository_id: number
  readonly key: string
  readonly value: string
}

export interface RepositoryPolicyTable {
  readonly repository_id: number
  readonly text: string
}

export interface RegistryPolicyTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly text: string
}

/** A row for each setting that was ever put. */
export interface AccountSettingTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly value: string
}

export interface CreationTemplateTable {
  readonly account_id: AccountId
  readonly region: Region
  /** What is compared of the prefix. */
  readonly path: string
  readonly prefix: string
  readonly description: string | null
  /** A JSON array. */
  readonly applied_for: string
  readonly tag_mutability: TagMutability
  /** A JSON array of wildcard patterns. */
  readonly tag_mutability_exclusions: string
  readonly encryption_type: Encryption['type']
  readonly kms_key: string | null
  /** A JSON array in which keys and values take turns. */
  readonly resource_tags: string
  readonly repository_policy: string | null
  readonly lifecycle_policy: string | null
  readonly custom_role_arn: string | null
  readonly created_at: EpochMillis
  readonly updated_at: EpochMillis
}

export interface ReplicationRuleTable {
  readonly account_id: AccountId
  readonly region: Region
  /** A JSON array of rules. */
  readonly rules: string
}

/** An image and one registry that it goes to as well; the row goes with the image. */
export interface ReplicationTable {
  readonly repository_id: number
  readonly digest: Digest
  readonly destination_account: AccountId
  readonly destination_region: Region
  readonly status: ReplicationState['status']
  readonly failure_code: string | null
  /** A JSON array of the tags that are yet to be brought. */
  readonly tags: string
}

export interface SigningRuleTable {
  readonly account_id: AccountId
  readonly region: Region
  /** A JSON array. */
  readonly rules: string
}

export interface ImageSigningKeyTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  /** PEM. */
  readonly chain: string
  readonly sealed_key: string
  readonly created_at: EpochMillis
}

/** How the signature of one image by one profile stands. */
export interface SigningTable {
  readonly repository_id: number
  readonly digest: Digest
  /** ARN. */
  readonly profile: string
  readonly status: SigningState['status']
  readonly failure_code: string | null
  readonly failure_reason: string | null
  readonly actor: string
}

export interface CacheRuleTable {
  readonly account_id: AccountId
  readonly region: Region
  /** What is compared of the prefix. */
  readonly path: string
  readonly prefix: string
  readonly upstream_url: string
  readonly upstream_kind: UpstreamKind | null
  readonly upstream_prefix: string
  readonly credential_arn: string | null
  readonly custom_role_arn: string | null
  readonly created_at: EpochMillis
  readonly updated_at: EpochMillis
}

/** What a tag was on at the upstream when it was last asked. */
export interface UpstreamTagTable {
  readonly repository_id: number
  readonly name: Tag
  readonly digest: Digest
  readonly checked_at: EpochMillis
}

/** When the referrers of an image were last asked for at the upstream. */
export interface UpstreamReferrersTable {
  readonly repository_id: number
  readonly subject: Digest
  readonly checked_at: EpochMillis
}
