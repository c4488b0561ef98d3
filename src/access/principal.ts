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
  /** Of a federated user: the user, or the account, that began its session. */
  readonly federatedBy?: { readonly arn: string; readonly id: string }
}

/** Whoever comes without credentials. Nobody is one of theirs: what they may is what policies give to everyone. */
export interface Anonymous {
  readonly anonymous: true
  /** How they are called in logs and denials. */
  readonly arn: 'anonymous'
}

/** One of AWS's services, which does something by itself. What it may is what policies of resources give to it. */
export interface AwsService {
  /** As it calls itself: `events.amazonaws.com`. */
  readonly service: string
  /** How it is called in logs and denials. */
  readonly arn: string
}

/** Whoever a token speaks of whose issuer an account believes. Nobody of that account, but one whom its roles may trust. */
export interface WebIdentityBearer {
  /** The ARN of the issuer in that account. */
  readonly provider: string
  /** As it is called in logs: issuer, audience and subject. */
  readonly arn: string
}

/** Whoever may want something. */
export type Asker = Principal | Anonymous | AwsService | WebIdentityBearer

export function isPrincipalCaller(who: Asker): who is Principal {
  return 'userId' in who
}

export const anonymous: Anonymous = { anonymous: true, arn: 'anonymous' }

/** The account itself as a caller: what IAM calls its root user. With `keyId`, as long as that key is good. */
export function rootOf(account: AccountId, keyId?: string): Principal {
  return { account, arn: rootArn(account), userId: account, ...(keyId !== undefined && { keyId }) }
}

export function isRoot({ account, arn }: Principal): boolean {
  return arn === rootArn(account)
}

/** Whether it calls with credentials that end. */
export function isTemporary({ keyId }: Principal): boolean {
  return keyId?.startsWith('ASIA') === true
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
    (!('role' in value) || isNamed(value.role)) &&
    (!('federatedBy' in value) || isNamed(value.federatedBy))
  )
}

function isNamed(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('arn' in value) || !('id' in value)) return false
  return typeof value.arn === 'string' && typeof value.id === 'string'
}
