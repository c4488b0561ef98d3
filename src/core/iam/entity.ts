import type { AccountId } from '../names/account-id.ts'

/** What IAM calls a user, a group or a role. */
export type EntityKind = 'user' | 'group' | 'role'

/** A user, a group or a role of an account. */
export interface Entity {
  /** Given once: an entity made again under an old name has another. */
  readonly id: string
  readonly account: AccountId
  readonly kind: EntityKind
  /** Unique in its account among its kind, upper and lower case aside. */
  readonly name: string
  /** Begins and ends with `/`. */
  readonly path: string
  readonly createdAt: Date
  readonly details: EntityDetails
  /** Of a role that has been used. */
  readonly lastUse?: RoleUse
}

/** When, and in which region, a session of a role last asked for something. */
export interface RoleUse {
  readonly at: Date
  readonly region: string
}

/** What not every entity has. */
export interface EntityDetails {
  readonly tags: Readonly<Record<string, string>>
  /** Of a role: the text of its trust policy. */
  readonly trustPolicy?: string
  readonly description?: string
  /** Of a role, in seconds. */
  readonly maxSession?: number
}

/** Unique ids begin with what they are the id of. @see IAM user guide, "Understanding unique ID prefixes" */
export const idPrefixes = { user: 'AIDA', group: 'AGPA', role: 'AROA', policy: 'ANPA' } as const

/** `arn:aws:iam::<account>:user/path/name` */
export function entityArn({
  account,
  kind,
  path,
  name,
}: Pick<Entity, 'account' | 'kind' | 'path' | 'name'>): string {
  return `arn:aws:iam::${account}:${kind}${path}${name}`
}

/** `arn:aws:sts::<account>:assumed-role/<role>/<session>`: a session has no path. */
export function sessionArn({ account, name }: Pick<Entity, 'account' | 'name'>, session: string): string {
  return `arn:aws:sts::${account}:assumed-role/${name}/${session}`
}

/** `arn:aws:sts::<account>:federated-user/<name>` */
export function federatedUserArn(account: AccountId, name: string): string {
  return `arn:aws:sts::${account}:federated-user/${name}`
}
