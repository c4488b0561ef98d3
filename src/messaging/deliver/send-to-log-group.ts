import { isObject } from '../../core/event-patterns/leaf.ts'
import type { LogEvent } from '../../core/log-events/log-event.ts'
import { parseLogGroupArn } from '../../core/log-events/log-group.ts'
import { writeLogEvent } from '../../logs/write-log-event.ts'
import type { Messaging } from '../messaging.ts'
import { parseRuleArn } from '../rules/rule-arn.ts'
import type { TargetContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'

/**
 * Writes an event to a log group of the rule's own account and region, in a stream of the rule's and the target's names.
 *
 * @see Amazon EventBridge user guide, "Amazon CloudWatch Logs log groups as targets": a transformed input has a timestamp and a message
 */
export async function sendToLogGroup(
  { metadata, now }: Messaging,
  { rule: arn, target, event, input }: TargetContent,
): Promise<Outcome> {
  const rule = parseRuleArn(arn)
  const group = parseLogGroupArn(target.Arn)
  if (rule === undefined || group === undefined) return refused(`${target.Arn} names no log group`)
  if (rule.account !== group.account || rule.region !== group.region) {
    return refused('A rule writes to log groups of its own account and region alone')
  }
  if ((await metadata.logs.group(group)) === undefined) {
    return refused('The specified log group does not exist.')
  }
  const name = `${rule.name}/${target.Id}`
  const logged = givenEvent(input) ?? { timestamp: Date.parse(event.time), message: input }
  return {
    kind: 'delivered',
    answer: `Written to the log stream ${name}`,
    effect: (tx) => writeLogEvent(tx, { group, name }, logged, now()),
  }
}

/** An input that is a log event by itself. */
function givenEvent(input: string): LogEvent | undefined {
  const value: unknown = parse(input)
  if (!isObject(value)) return undefined
  const { timestamp, message, ...rest } = value
  const isEvent = typeof timestamp === 'number' && Number.isSafeInteger(timestamp) && timestamp >= 0
  if (!isEvent || typeof message !== 'string' || Object.keys(rest).length > 0) return undefined
  return { timestamp, message }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
