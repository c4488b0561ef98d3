import { type AccountId, parseAccountId } from '../names/account-id.ts'
import { type Entity, entityArn, sessionArn } from './entity.ts'

/** What names a user, a role or, with `session`, one session of a role: its unique id, or account, kind and name. */
export interface IdentityName {
  readonly of:
    | { readonly id: string }
    | { readonly account: AccountId; readonly kind: 'user' | 'role'; readonly name: string }
  readonly session: string | undefined
}

/** A user, a role or, with `session`, one session of a role. */
export interface NamedIdentity {
  readonly entity: Pick<Entity, 'id' | 'account' | 'kind' | 'name' | 'path'>
  readonly session: string | undefined
}

const userOrRole = /^arn:aws:iam::([0-9]{12}):(user|role)\/(?:.*\/)?([^/]+)$/
const roleSession = /^arn:aws:sts::([0-9]{12}):assumed-role\/([^/]+)\/([^/]+)$/
const uniqueId = /^(A[A-Z]{3}[A-Z0-9]{12,})(?::([\w+=,.@-]+))?$/

/**
 * Reads an ARN or a unique id as a policy's principal has it; undefined for what can be nobody's.
 *
 * @see IAM user guide, "IAM identifiers", "AWS JSON policy elements: Principal"
 */
export function readIdentityName(text: string): IdentityName | undefined {
  const [, id, idSession] = uniqueId.exec(text) ?? []
  if (id !== undefined) return { of: { id }, session: idSession }
  const [, account, kind, name] = userOrRole.exec(text) ?? []
  if (account !== undefined && name !== undefined) {
    return {
      of: { account: parseAccountId(account), kind: kind === 'user' ? kind : 'role', name },
      session: undefined,
    }
  }
  const [, owner, role, session] = roleSession.exec(text) ?? []
  if (owner === undefined || role === undefined) return undefined
  return { of: { account: parseAccountId(owner), kind: 'role', name: role }, session }
}

/** The ARN by which people know it. */
export function identityArn({ entity, session }: NamedIdentity): string {
  return session === undefined ? entityArn(entity) : sessionArn(entity, session)
}

/** Its unique id, which nobody else ever gets: that of a session is its role's with the session's name behind. */
export function identityId({ entity: { id }, session }: NamedIdentity): string {
  return session === undefined ? id : `${id}:${session}`
}

/** Whether a text is exactly its ARN or its unique id. Groups are nobody's principal, and only roles have sessions. */
export function isNamed(identity: NamedIdentity, text: string): boolean {
  const { entity, session } = identity
  if (entity.kind === 'group' || (entity.kind === 'user' && session !== undefined)) return false
  return text === identityArn(identity) || text === identityId(identity)
}
