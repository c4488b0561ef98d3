import { longestAge, mostRetries, type NewDelivery } from '../core/deliveries/delivery.ts'
import { targetInput } from '../core/event-input/target-input.ts'
import { PatternIndex } from '../core/event-patterns/pattern-index.ts'
import { busArn, type Rule, ruleArn } from '../core/events/rule.ts'
import type { SentEvent } from '../stores/metadata/events.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { RuleWithTargets } from '../stores/metadata/rules.ts'
import { addDeliveries } from './add-deliveries.ts'
import { keepEvents } from './archives/keep-events.ts'
import type { TargetContent } from './deliver/content.ts'
import type { Messaging } from './messaging.ts'
import { patternOf } from './pattern-of.ts'

/** Events that one transaction takes before the rules. */
const routedAtOnce = 100

/**
 * Holds waiting events against the rules of their buses, until none is left: each rule that an event fits has one delivery to each of
 * its targets, made in the transaction that takes the event out. Only one at a time does this, so that events keep their order.
 *
 * @throws the signal's reason
 */
export async function routeEvents(messaging: Messaging, signal: AbortSignal): Promise<void> {
  let routed = 0
  do {
    signal.throwIfAborted()
    routed = await messaging.metadata.write((tx) => routeSome(tx, messaging))
  } while (routed === routedAtOnce)
}

async function routeSome(tx: MetadataTransaction, { now }: Messaging): Promise<number> {
  const waiting = await tx.events.waiting(routedAtOnce)
  if (waiting.length === 0) return 0
  const at = now()
  const byBus = Map.groupBy(waiting, ({ bus }) => busArn(bus))
  const deliveries: NewDelivery[] = []
  for (const events of byBus.values()) deliveries.push(...(await deliveriesOf(tx, events, at)))
  await addDeliveries(tx, deliveries, at)
  await tx.events.remove(waiting.map(({ id }) => id))
  return waiting.length
}

/** The deliveries of events of one bus, in the order of the events, which its archives keep. */
async function deliveriesOf(
  tx: MetadataTransaction,
  events: readonly SentEvent[],
  at: Date,
): Promise<NewDelivery[]> {
  const [first] = events
  if (first === undefined) return []
  await keepEvents(
    tx,
    first.bus,
    events.map(({ event }) => event),
  )
  const rules = await tx.rules.enabled(first.bus)
  const index = new PatternIndex(rules.map((one) => [patternOf(one.rule.pattern ?? ''), one]))
  return events.flatMap((sent) =>
    [...index.matches({ ...sent.event })]
      .filter(({ rule }) => sent.onlyRules?.includes(ruleArn(rule)) ?? true)
      .flatMap((fitting) => toTargets(fitting, sent, at)),
  )
}

/** One delivery to each target of a rule; a target that gets nothing of this event has none. */
export function toTargets(
  { rule, targets }: RuleWithTargets,
  { event, hops = 0 }: Pick<SentEvent, 'event' | 'hops'>,
  at: Date,
): NewDelivery[] {
  return targets.flatMap((target) => {
    const context = { event: { ...event }, ruleArn: ruleArn(rule), ruleName: rule.name, ingestedAt: at }
    const input = targetInput(target, context)
    return input === undefined ? [] : [toTarget(rule, { target, event, input, hops }, at)]
  })
}

function toTarget(rule: Rule, content: Omit<TargetContent, 'rule'>, at: Date): NewDelivery {
  const { target } = content
  const { MaximumRetryAttempts = mostRetries, MaximumEventAgeInSeconds: age } = target.RetryPolicy ?? {}
  const longest = age === undefined ? longestAge : age * 1000
  return {
    registry: { account: rule.account, region: rule.region },
    lane: `${ruleArn(rule)} ${target.Id}`,
    kind: 'target',
    content: { rule: ruleArn(rule), ...content } satisfies TargetContent,
    createdAt: at,
    limits: { attempts: MaximumRetryAttempts + 1, until: new Date(at.getTime() + longest) },
  }
}
