import type { Generated } from 'kysely'
import type { EntityKind } from '../../../core/iam/entity.ts'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Region } from '../../../core/names/region.ts'
import type { TrailOutcome } from '../../../core/trail/trail-record.ts'
import type { EpochMillis } from './columns.ts'

export interface AccountTable {
  readonly id: AccountId
  readonly created_at: EpochMillis
}

export interface AccountAliasTable {
  readonly account_id: AccountId
  readonly alias: string
}

/** The access keys of accounts' roots. */
export interface AccessKeyTable {
  readonly id: string
  readonly account_id: AccountId
  /** With a key that is kept apart from the database. */
  readonly encrypted_secret: string
  readonly created_at: EpochMillis
}

/** Users, groups and roles. */
export interface IamEntityTable {
  readonly id: string
  readonly account_id: AccountId
  readonly kind: EntityKind
  readonly name: string
  /** In lower case: names are unique without it. */
  readonly folded_name: string
  readonly path: string
  readonly created_at: EpochMillis
  /** JSON: EntityDetails. */
  readonly details: string
  /** Of a role. */
  readonly last_used_at: EpochMillis | null
  readonly last_used_region: string | null
}

export interface IamMembershipTable {
  readonly group_id: string
  readonly user_id: string
}

export interface IamKeyTable {
  readonly id: string
  readonly account_id: AccountId
  /** Null where it is one of a session of the account's root. */
  readonly entity_id: string | null
  /** With a key that is kept apart from the database, and so is the token of one that ends. */
  readonly encrypted_secret: string
  readonly encrypted_token: string | null
  /** JSON: StoredSession, of one that ends. */
  readonly session: string | null
  readonly status: 'Active' | 'Inactive'
  readonly created_at: EpochMillis
  readonly expires_at: EpochMillis | null
  readonly last_used_at: EpochMillis | null
  readonly last_used_service: string | null
  readonly last_used_region: string | null
}

export interface IamBoundaryTable {
  readonly entity_id: string
  readonly policy_arn: string
}

export interface IamPolicyTable {
  readonly arn: string
  readonly id: string
  readonly account_id: AccountId
  readonly name: string
  readonly folded_name: string
  readonly path: string
  readonly description: string | null
  readonly default_version: number
  /** The highest that was ever given. */
  readonly last_version: number
  readonly created_at: EpochMillis
  readonly updated_at: EpochMillis
}

export interface IamPolicyVersionTable {
  readonly policy_arn: string
  readonly version: number
  readonly document: string
  readonly created_at: EpochMillis
}

export interface IamInlinePolicyTable {
  readonly entity_id: string
  readonly name: string
  readonly document: string
}

export interface IamAttachmentTable {
  readonly entity_id: string
  readonly policy_arn: string
}

/** An issuer of tokens that an account believes. */
export interface OidcProviderTable {
  readonly account_id: AccountId
  readonly issuer: string
  /** JSON arrays. */
  readonly client_ids: string
  readonly thumbprints: string
  readonly created_at: EpochMillis
}

export interface RobotTable {
  readonly id: string
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly secret_hash: string
  /** Actions, repositories and maker as JSON. */
  readonly content: string
  readonly created_at: EpochMillis
  readonly expires_at: EpochMillis | null
  readonly last_used_at: EpochMillis | null
}

export interface AuditTrailTable {
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly at: EpochMillis
  readonly principal: string
  readonly action: string
  readonly repository: string | null
  readonly outcome: TrailOutcome
  /** The rest of the record as JSON. */
  readonly content: string
}
