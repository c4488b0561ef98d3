import type { Caller } from '../core/policies/access-request.ts'
import { type Asker, isRoot } from './principal.ts'

/** A caller as policies see it. */
export function callerOf(who: Asker): Caller {
  if ('anonymous' in who) return { kind: 'anonymous' }
  if ('service' in who) return { kind: 'service', name: who.service }
  if ('provider' in who) return { kind: 'web-identity', provider: who.provider }
  const { account, arn, userId, role, federatedBy } = who
  if (role !== undefined) return { kind: 'session', account, arn, id: userId, role }
  if (federatedBy !== undefined) return { kind: 'federated', account, arn, id: userId }
  return isRoot(who) ? { kind: 'root', account, arn } : { kind: 'user', account, arn, id: userId }
}
