import { type AccountId, isAccountId } from '../core/names/account-id.ts'
import { rootArn } from '../core/names/arn.ts'
import type { RobotScope } from '../core/robots/robot.ts'

/** Who is calling, as IAM names them. */
export interface Principal {
  readonly account: AccountId
  /** For instance `arn:aws:iam::000000000000:root`. */
  readonly arn: string
  /** STS's UserId; the account id for root. */
  readonly userId: string
  /** The access key it called with, where that can be taken back: what was got with it ends then. */
  readonly keyId?: string
  /** Of a session of a role: the role. */
  readonly role?: { readonly arn: string; readonly id: string }
  /** Of a robot: what it may do at the most, and whose rights it does that with. */
  readonly robot?: { readonly scope: RobotScope; readonly maker: Principal }
}

/** Whoever comes without credentials. Nobody is one of theirs: what they may is what policies give to everyone. */
export interface Anonymous {
  readonly anonymous: true
  /** How they are called in logs and denials. */
  readonly arn: 'anonymous'
}

export const anonymous: Anonymous = { anonymous: true, arn: 'anonymous' }

/** The account itself as a caller: what IAM calls its root user. With `keyId`, as long as that key is good. */
export function rootOf(account: AccountId, keyId?: string): Principal {
  return { account, arn: rootArn(account), userId: account, ...(keyId !== undefined && { keyId }) }
}

export function isRoot({ account, arn }: Principal): boolean {
  return arn === rootArn(account)
}

/** Whether a value that was sealed as JSON is a principal. */
export function isPrincipal(value: unknown): value is Principal {
  if (typeof value !== 'object' || value === null) return false
  if (!('account' in value) || !('arn' in value) || !('userId' in value)) return false
  const { account, arn, userId } = value
  return (
    typeof account === 'string' &&
    isAccountId(account) &&
    typeof arn === 'string' &&
    typeof userId === 'string' &&
    (!('keyId' in value) || typeof value.keyId === 'string') &&
    (!('role' in value) || isRole(value.role))
  )
}

function isRole(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('arn' in value) || !('id' in value)) return false
  return typeof value.arn === 'string' && typeof value.id === 'string'
}
