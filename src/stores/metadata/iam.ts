import type { Entity, EntityKind, RoleUse } from '../../core/iam/entity.ts'
import type { ManagedPolicy, PolicyVersion } from '../../core/iam/managed-policy.ts'
import type { NamedIdentity } from '../../core/iam/named-identity.ts'
import type { AccountId } from '../../core/names/account-id.ts'

/** What a temporary key stands for. */
export interface StoredSession {
  readonly arn: string
  readonly userId: string
  /** Texts of the policies it was begun with. */
  readonly policies: readonly string[]
  /** Of a session of a user or of the root: the key that it was begun with, and that it ends with. */
  readonly keyId?: string | undefined
  /** Of a federated user: what may be done is what both the user and the policies allow. */
  readonly federated?: true
  /** For `aws:PrincipalTag`, before those of the role. */
  readonly tags?: Readonly<Record<string, string>>
  /** Keys of the tags that the sessions begun from this one have as well. */
  readonly transitiveTagKeys?: readonly string[]
  readonly sourceIdentity?: string | undefined
  /** Of a session that a token of an issuer began: the issuer's ARN, and what conditions can ask about the token. */
  readonly webIdentity?: {
    readonly provider: string
    readonly values: Readonly<Record<string, readonly string[]>>
  }
}

/** When, for which service and in which region a key was last signed with. */
export interface KeyUse {
  readonly at: Date
  readonly service: string
  readonly region: string
}

/** An access key of a user, or a temporary one of a user or a role; its secrets are encrypted. */
export interface StoredCredential {
  readonly id: string
  readonly account: AccountId
  /** Undefined where it is one of a session of the account's root. */
  readonly entityId: string | undefined
  readonly encryptedSecret: string
  readonly encryptedToken: string | undefined
  readonly session: StoredSession | undefined
  readonly status: 'Active' | 'Inactive'
  readonly createdAt: Date
  readonly expiresAt: Date | undefined
  readonly lastUse?: KeyUse | undefined
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

/** Users, groups and roles, and who is in which group. */
export interface IamEntityReader {
  entity(account: AccountId, kind: EntityKind, name: string): Promise<Entity | undefined>
  entityById(id: string): Promise<Entity | undefined>
  /** Whom ARNs and unique ids name, as principals of policies have them; those that name nobody are left out. */
  identities(texts: readonly string[]): Promise<ReadonlyMap<string, NamedIdentity>>
  entities(account: AccountId, kind: EntityKind, page: IamPage): Promise<Entity[]>
  groupsOf(userId: string): Promise<Entity[]>
  membersOf(groupId: string): Promise<Entity[]>
  /** How many of each an account has. */
  counts(account: AccountId): Promise<Readonly<Record<EntityKind | 'policy' | 'version', number>>>
}

export interface IamEntityWriter {
  /** Resolves to false when the name is taken. */
  addEntity(entity: Entity): Promise<boolean>
  /** Resolves to false when the new name is taken. */
  updateEntity(id: string, changes: Partial<Pick<Entity, 'name' | 'path' | 'details'>>): Promise<boolean>
  deleteEntity(id: string): Promise<void>
  addMember(groupId: string, userId: string): Promise<void>
  removeMember(groupId: string, userId: string): Promise<void>
  /** Keeps the later one of what is known and what is new. Roles that aren't there are passed over. */
  recordRoleUse(id: string, use: RoleUse): Promise<void>
}

/** Access keys: lasting ones and those of sessions. */
export interface IamKeyReader {
  credential(id: string): Promise<StoredCredential | undefined>
  /** A user's lasting keys. */
  keysOf(userId: string): Promise<StoredCredential[]>
}

export interface IamKeyWriter {
  addCredential(credential: StoredCredential): Promise<void>
  /** Keeps the later one of what is known and what is new. Keys that aren't there are passed over. */
  recordKeyUse(id: string, use: KeyUse): Promise<void>
  setKeyStatus(id: string, status: StoredCredential['status']): Promise<void>
  /** Resolves to whether there was one. */
  deleteCredential(id: string): Promise<boolean>
  /** Forgets temporary keys that ended before. */
  deleteEnded(before: Date): Promise<void>
}

/** What users, groups and roles are given: policies of their own, managed ones and boundaries. */
export interface IamGrantReader {
  inlinePolicies(entityId: string): Promise<NamedText[]>
  attachments(entityId: string): Promise<string[]>
  attachedTo(policyArn: string): Promise<Entity[]>
  /** The ARN of the policy that a user or a role can do no more than. */
  boundary(entityId: string): Promise<string | undefined>
  boundedBy(policyArn: string): Promise<Entity[]>
}

export interface IamGrantWriter {
  putInlinePolicy(entityId: string, policy: NamedText): Promise<void>
  /** Resolves to whether there was one. */
  deleteInlinePolicy(entityId: string, name: string): Promise<boolean>
  attach(entityId: string, policyArn: string): Promise<void>
  detach(entityId: string, policyArn: string): Promise<boolean>
  setBoundary(entityId: string, policyArn: string | undefined): Promise<void>
}

/** Managed policies and their versions. */
export interface IamPolicyReader {
  policy(arn: string): Promise<ManagedPolicy | undefined>
  policies(account: AccountId, page: IamPage): Promise<ManagedPolicy[]>
  versions(policyArn: string): Promise<PolicyVersion[]>
  version(policyArn: string, version: number): Promise<PolicyVersion | undefined>
}

export interface IamPolicyWriter {
  /** Resolves to false when the name is taken. */
  addPolicy(policy: ManagedPolicy, document: string): Promise<boolean>
  addVersion(policyArn: string, version: PolicyVersion): Promise<void>
  setDefaultVersion(policyArn: string, version: number, at: Date): Promise<void>
  deleteVersion(policyArn: string, version: number): Promise<void>
  deletePolicy(arn: string): Promise<void>
}

export interface IamReader extends IamEntityReader, IamKeyReader, IamGrantReader, IamPolicyReader {}

export interface IamWriter extends IamEntityWriter, IamKeyWriter, IamGrantWriter, IamPolicyWriter {}
