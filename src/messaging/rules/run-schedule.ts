import { eventOf } from '../../core/events/event.ts'
import { type Rule, ruleArn } from '../../core/events/rule.ts'
import { nextTime, parseSchedule } from '../../core/schedules/schedule.ts'
import { addDeliveries } from '../add-deliveries.ts'
import type { Messaging } from '../messaging.ts'
import { toTargets } from '../route-events.ts'
import { parseRuleArn } from './rule-arn.ts'

/** Does a schedule's job: sends a rule's targets the event of its time, and resolves to the next of its times, if it still has any. */
export async function runSchedule(
  { metadata, now, newId }: Messaging,
  job: string,
): Promise<Date | undefined> {
  const [arn = '', ...words] = job.split(' ')
  const key = parseRuleArn(arn)
  if (key === undefined) return undefined
  const at = now()
  return metadata.write(async (tx) => {
    const rule = await tx.rules.find(key)
    const schedule = rule?.schedule === words.join(' ') ? parseSchedule(rule.schedule) : undefined
    if (rule === undefined || schedule === undefined || rule.state === 'DISABLED') return undefined
    const event = scheduledEvent(rule, { id: newId(), at })
    await addDeliveries(tx, toTargets({ rule, targets: await tx.rules.targets(rule) }, { event }, at), at)
    return nextTime(schedule, at)
  })
}

function scheduledEvent(rule: Rule, facts: { readonly id: string; readonly at: Date }) {
  const occurrence = {
    registry: rule,
    source: 'aws.events',
    detailType: 'Scheduled Event',
    resources: [ruleArn(rule)],
    detail: {},
  }
  return eventOf(occurrence, facts)
}
