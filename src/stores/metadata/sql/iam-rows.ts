import type { Insertable, Selectable } from 'kysely'
import type { Entity, RoleUse } from '../../../core/iam/entity.ts'
import type { ManagedPolicy } from '../../../core/iam/managed-policy.ts'
import type { KeyUse, StoredCredential } from '../iam.ts'
import type { IamEntityTable, IamKeyTable, IamPolicyTable } from '../schema/access.ts'

/** Names are the same in upper and lower case. */
export function foldName(name: string): string {
  return name.toLowerCase()
}

export function toEntity(row: Selectable<IamEntityTable>): Entity {
  const { id, kind, name, path } = row
  return {
    id,
    account: row.account_id,
    kind,
    name,
    path,
    createdAt: new Date(row.created_at),
    details: JSON.parse(row.details),
    ...toRoleUse(row),
  }
}

function toRoleUse({ last_used_at: at, last_used_region: region }: Selectable<IamEntityTable>): {
  readonly lastUse?: RoleUse
} {
  return at === null || region === null ? {} : { lastUse: { at: new Date(at), region } }
}

export function toEntityRow(entity: Entity): Insertable<IamEntityTable> {
  const { id, account, kind, name, path, createdAt, details } = entity
  return {
    id,
    account_id: account,
    kind,
    name,
    folded_name: foldName(name),
    path,
    created_at: createdAt.getTime(),
    details: JSON.stringify(details),
    last_used_at: null,
    last_used_region: null,
  }
}

export function toCredential(row: Selectable<IamKeyTable>): StoredCredential {
  return {
    id: row.id,
    account: row.account_id,
    entityId: row.entity_id ?? undefined,
    encryptedSecret: row.encrypted_secret,
    encryptedToken: row.encrypted_token ?? undefined,
    session: row.session === null ? undefined : JSON.parse(row.session),
    status: row.status,
    createdAt: new Date(row.created_at),
    expiresAt: row.expires_at === null ? undefined : new Date(row.expires_at),
    lastUse: toKeyUse(row),
  }
}

function toKeyUse(row: Selectable<IamKeyTable>): KeyUse | undefined {
  const { last_used_at: at, last_used_service: service, last_used_region: region } = row
  if (at === null || service === null || region === null) return undefined
  return { at: new Date(at), service, region }
}

export function toCredentialRow(credential: StoredCredential): Insertable<IamKeyTable> {
  const { id, account, entityId, encryptedSecret, encryptedToken, session, status, createdAt, expiresAt } =
    credential
  return {
    id,
    account_id: account,
    entity_id: entityId ?? null,
    encrypted_secret: encryptedSecret,
    encrypted_token: encryptedToken ?? null,
    session: session === undefined ? null : JSON.stringify(session),
    status,
    created_at: createdAt.getTime(),
    expires_at: expiresAt?.getTime() ?? null,
  }
}

export function toManagedPolicy(row: Selectable<IamPolicyTable>): ManagedPolicy {
  const { arn, id, name, path, description } = row
  return {
    arn,
    id,
    account: row.account_id,
    name,
    path,
    description: description ?? undefined,
    defaultVersion: row.default_version,
    lastVersion: row.last_version,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  }
}

export function toPolicyRow(policy: ManagedPolicy): Insertable<IamPolicyTable> {
  const { arn, id, account, name, path, description, defaultVersion, lastVersion } = policy
  return {
    arn,
    id,
    account_id: account,
    name,
    folded_name: foldName(name),
    path,
    description: description ?? null,
    default_version: defaultVersion,
    last_version: lastVersion,
    created_at: policy.createdAt.getTime(),
    updated_at: policy.updatedAt.getTime(),
  }
}
