import type { Insertable, Selectable } from 'kysely'
import type { Entity } from '../../../core/iam/entity.ts'
import type { ManagedPolicy } from '../../../core/iam/managed-policy.ts'
import type { StoredCredential } from '../iam.ts'
import type { IamCredentialTable, IamEntityTable, IamPolicyTable } from '../schema.ts'

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
  }
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
  }
}

export function toCredential(row: Selectable<IamCredentialTable>): StoredCredential {
  return {
    id: row.id,
    entityId: row.entity_id,
    encryptedSecret: row.encrypted_secret,
    encryptedToken: row.encrypted_token ?? undefined,
    session: row.session === null ? undefined : JSON.parse(row.session),
    status: row.status,
    createdAt: new Date(row.created_at),
    expiresAt: row.expires_at === null ? undefined : new Date(row.expires_at),
  }
}

export function toCredentialRow(credential: StoredCredential): Insertable<IamCredentialTable> {
  const { id, entityId, encryptedSecret, encryptedToken, session, status, createdAt, expiresAt } = credential
  return {
    id,
    entity_id: entityId,
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
