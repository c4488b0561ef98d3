import type { Entity, EntityKind } from '../../core/iam/entity.ts'
import type { ManagedPolicy, PolicyVersion } from '../../core/iam/managed-policy.ts'
import type { AccountId } from '../../core/names/account-id.ts'

/** What a temporary key stands for. */
export interface StoredSession {
  readonly arn: string
  readonly userId: string
  /** Texts of the policies it was begun with. */
  readonly policies: readonly string[]
}

/** An access key of a user, or a temporary one of a user or a role; its secrets are encrypted. */
export interface StoredCredential {
  readonly id: string
  readonly entityId: string
  readonly encryptedSecret: string
  readonly encryptedToken: string | undefined
  readonly session: StoredSession | undefined
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: Date
  readonly expiresAt: Date | undefined
}

export interface NamedText {
  readonly name: string
  readonly text: string
}

export interface IamPage {
  /** A folded name. */
  readonly after?: string | undefined
  readonly limit: number
  readonly pathPrefix?: string | undefined
}

export interface IamReader {
  entity(account: AccountId, kind: EntityKind, name: string): Promise<Entity | undefined>
  entityById(id: string): Promise<Entity | undefined>
  entities(account: AccountId, kind: EntityKind, page: IamPage): Promise<Entity[]>
  groupsOf(userId: string): Promise<Entity[]>
  membersOf(groupId: string): Promise<Entity[]>
  credential(id: string): Promise<StoredCredential | undefined>
  /** A user's lasting keys. */
  keysOf(userId: string): Promise<StoredCredential[]>
  inlinePolicies(entityId: string): Promise<NamedText[]>
  attachments(entityId: string): Promise<string[]>
  attachedTo(policyArn: string): Promise<Entity[]>
  policy(arn: string): Promise<ManagedPolicy | undefined>
  policies(account: AccountId, page: IamPage): Promise<ManagedPolicy[]>
  versions(policyArn: string): Promise<PolicyVersion[]>
  version(policyArn: string, version: number): Promise<PolicyVersion | undefined>
}

export interface IamWriter {
  /** Resolves to false when the name is taken. */
  addEntity(entity: Entity): Promise<boolean>
  /** Resolves to false when the new name is taken. */
  updateEntity(id: string, changes: Partial<Pick<Entity, 'name' | 'path' | 'details'>>): Promise<boolean>
  deleteEntity(id: string): Promise<void>
  addMember(groupId: string, userId: string): Promise<void>
  removeMember(groupId: string, userId: string): Promise<void>
  addCredential(credential: StoredCredential): Promise<void>
  setKeyStatus(id: string, status: StoredCredential['status']): Promise<void>
  deleteCredential(id: string): Promise<void>
  /** Forgets temporary keys that ended before. */
  deleteEnded(before: Date): Promise<void>
  putInlinePolicy(entityId: string, policy: NamedText): Promise<void>
  /** Resolves to whether there was one. */
  deleteInlinePolicy(entityId: string, name: string): Promise<boolean>
  attach(entityId: string, policyArn: string): Promise<void>
  detach(entityId: string, policyArn: string): Promise<boolean>
  /** Resolves to false when the name is taken. */
  addPolicy(policy: ManagedPolicy, document: string): Promise<boolean>
  addVersion(policyArn: string, version: PolicyVersion): Promise<void>
  setDefaultVersion(policyArn: string, version: number, at: Date): Promise<void>
  deleteVersion(policyArn: string, version: number): Promise<void>
  deletePolicy(arn: string): Promise<void>
}
