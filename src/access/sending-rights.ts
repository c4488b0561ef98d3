import type { Sending } from '../core/events/sending.ts'
import { accountIn } from '../core/names/arn.ts'
import type { Authoriser } from './authoriser.ts'
import { rootOf } from './principal.ts'
import type { Surroundings } from './surroundings.ts'

/** No client asks: this server sends by itself, and nothing of it leaves the machine. */
const byItself: Surroundings = { sourceIp: undefined, isSecure: true }

/**
 * Tells whether the owner of a topic or a queue lets a service send to it for a rule or a topic, or the owner of an event bus the account
 * of a rule put events to it: what the policy of the topic, the queue or the bus says.
 *
 * @see Amazon EventBridge user guide, "Using resource-based policies for Amazon EventBridge"
 */
export function sendingRights(authoriser: Authoriser) {
  return async ({ action, resource, owner, sender }: Sending): Promise<boolean> => {
    const { service, source } = sender
    const account = accountIn(source)
    if (account === undefined) return false
    const context = { 'aws:SourceArn': source, 'aws:SourceAccount': account, 'aws:SourceOwner': account }
    const permission = { action, resource, owner, context }
    const who = action === 'events:PutEvents' ? rootOf(account) : { service, arn: service }
    return (await authoriser.decide({ who, permission, surroundings: byItself })).allowed
  }
}
