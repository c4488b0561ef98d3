import { busArn, defaultBus } from '../../core/events/rule.ts'
import { isAccountId } from '../../core/names/account-id.ts'
import { isRegion } from '../../core/names/region.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import { isSameRegistry } from '../../core/names/registry-key.ts'
import type { Messaging } from '../messaging.ts'
import { parseBusArn } from '../rules/bus-arn.ts'
import type { TargetContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'

/** A bus passes on what it got from another one no further than this. */
const mostHops = 1

/**
 * Sends an event on to another bus, where it is told as it was; in another account or region it gets an id of its own.
 *
 * @see Amazon EventBridge user guide, "Sending and receiving events between AWS accounts"
 */
export async function sendToBus(
  { metadata, newId, maySend }: Messaging,
  { rule, target, event, hops = 0 }: TargetContent,
): Promise<Outcome> {
  const key = parseBusArn(target.Arn)
  if (key === undefined) return refused(`${target.Arn} names no event bus`)
  if (hops >= mostHops) return refused('An event is sent on to another bus only once')
  const sender = ownerOf(rule)
  if (sender === undefined) return refused(`${rule} is no rule`)
  const bus = await metadata.rules.bus(key)
  if (bus === undefined && key.name !== defaultBus) return refused(`Event bus ${key.name} does not exist.`)
  const resource = busArn(key)
  const service = 'events.amazonaws.com'
  const asked = { action: 'events:PutEvents', resource, owner: key.account } as const
  if (!(await maySend({ ...asked, sender: { service, source: rule } }))) {
    return refused(`The policy of ${resource} does not let ${sender.account} send events to it`)
  }
  const isHome = isSameRegistry(sender, key)
  const sent = isHome ? event : { ...event, id: newId() }
  return {
    kind: 'delivered',
    answer: `Sent to the event bus ${key.name}`,
    effect: (tx) => tx.events.add([{ bus: key, event: sent, hops: hops + 1 }]),
  }
}

function ownerOf(rule: string): RegistryKey | undefined {
  const [, , , region = '', account = ''] = rule.split(':')
  return isRegion(region) && isAccountId(account) ? { account, region } : undefined
}
