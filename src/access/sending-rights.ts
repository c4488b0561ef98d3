import type { Sending } from '../core/events/sending.ts'
import { type AccountId, isAccountId } from '../core/names/account-id.ts'
import type { Authoriser } from './authoriser.ts'
import { type Asker, rootOf } from './principal.ts'
import type { Surroundings } from './surroundings.ts'

/** No client asks: this server sends by itself, and nothing of it leaves the machine. */
const byItself: Surroundings = { sourceIp: undefined, isSecure: true }

/**
 * Tells whether the owner of a topic lets EventBridge publish to it for a rule, or the owner of an event bus the account of a rule put
 * events to it: what the policy of the topic or the bus says.
 *
 * @see Amazon EventBridge user guide, "Using resource-based policies for Amazon EventBridge"
 */
export function sendingRights(authoriser: Authoriser) {
  return async ({ action, resource, owner, rule }: Sending): Promise<boolean> => {
    const [, , , , account = ''] = rule.split(':')
    if (!isAccountId(account)) return false
    const context = { 'aws:SourceArn': rule, 'aws:SourceAccount': account, 'aws:SourceOwner': account }
    const permission = { action, resource, owner, context }
    const who = senderOf(action, account)
    return (await authoriser.decide({ who, permission, surroundings: byItself })).allowed
  }
}

/** A bus of another account is sent to by the account, a topic by the service. */
function senderOf(action: Sending['action'], account: AccountId): Asker {
  const service = 'events.amazonaws.com'
  return action === 'events:PutEvents' ? rootOf(account) : { service, arn: service }
}
