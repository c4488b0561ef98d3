import type { Caller } from '../core/policies/access-request.ts'
import { type Anonymous, isRoot, type Principal } from './principal.ts'

/** A caller as policies see it. */
export function callerOf(who: Principal | Anonymous): Caller {
  if ('anonymous' in who) return { kind: 'anonymous' }
  const { account, arn, userId, role } = who
  if (role !== undefined) return { kind: 'session', account, arn, id: userId, role }
  return isRoot(who) ? { kind: 'root', account, arn } : { kind: 'user', account, arn, id: userId }
}
