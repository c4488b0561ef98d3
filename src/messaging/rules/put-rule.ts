import { parseEventPattern } from '../../core/event-patterns/parse-event-pattern.ts'
import { EventLimitExceededError, EventsValidationError } from '../../core/events/errors.ts'
import { defaultBus, type Rule, ruleArn } from '../../core/events/rule.ts'
import { nextTime, parseSchedule } from '../../core/schedules/schedule.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Messaging } from '../messaging.ts'
import { findBus } from './find-bus.ts'

/** @see Amazon EventBridge user guide, "Amazon EventBridge quotas" */
export const rulesPerBus = 300

export const scheduleJobKind = 'run-schedule'

/** The job that runs a rule at its times; one of another schedule than the rule's finds nothing to do. */
function scheduleJob(rule: Rule, schedule: string) {
  return { kind: scheduleJobKind, key: `${ruleArn(rule)} ${schedule}` }
}

/**
 * Creates a rule or takes the place of the one before, whose targets stay; what isn't given is as if it had never been.
 *
 * @throws EventsValidationError, InvalidEventPatternError
 * @throws EventResourceNotFoundError for its bus
 * @throws EventLimitExceededError for rules per bus
 */
export async function putRule(
  { metadata, now }: Messaging,
  wanted: Omit<Rule, 'createdAt'> & { readonly tags: ReadonlyMap<string, string> },
): Promise<Rule> {
  const { tags, ...given } = wanted
  check(given)
  return metadata.write(async (tx) => {
    const bus = { account: given.account, region: given.region, name: given.bus }
    await findBus(tx.rules, bus)
    const known = await tx.rules.find(given)
    if (known === undefined && (await tx.rules.countOf(bus)) >= rulesPerBus)
      throw new EventLimitExceededError()
    const rule = { ...given, createdAt: known?.createdAt ?? now() }
    await tx.rules.put(rule)
    if (known === undefined) await tx.arnTags.put(ruleArn(rule), tags)
    await runAtItsTimes(tx, rule, now())
    return rule
  })
}

function check({ pattern, schedule, bus }: Pick<Rule, 'pattern' | 'schedule' | 'bus'>): void {
  if (pattern === undefined && schedule === undefined) {
    throw new EventsValidationError('Parameter(s) EventPattern or ScheduleExpression must be specified.')
  }
  if (pattern !== undefined) parseEventPattern(pattern)
  if (schedule === undefined) return
  if (bus !== defaultBus) {
    throw new EventsValidationError('ScheduleExpression is supported only on the default event bus.')
  }
  if (parseSchedule(schedule) === undefined) {
    throw new EventsValidationError('Parameter ScheduleExpression is not valid.')
  }
}

/** Has an enabled rule with a schedule run at the next of its times. */
export async function runAtItsTimes(tx: MetadataTransaction, rule: Rule, at: Date): Promise<void> {
  if (rule.schedule === undefined || rule.state === 'DISABLED') return
  const schedule = parseSchedule(rule.schedule)
  const next = schedule && nextTime(schedule, at)
  if (next !== undefined) await tx.jobs.add(scheduleJob(rule, rule.schedule), next)
}
