import type { Permission } from '../../access/permission.ts'
import { busNotFound, EventsValidationError, ruleNotFound } from '../../core/events/errors.ts'
import { parseBusArn } from '../../messaging/rules/bus-arn.ts'
import { findBus } from '../../messaging/rules/find-bus.ts'
import { parseRuleArn } from '../../messaging/rules/rule-arn.ts'
import type { RuleReader } from '../../stores/metadata/rules.ts'

/** The right to do something to the bus or rule that an ARN names. @throws EventsValidationError */
export function onTagged(
  action: `events:${string}`,
  arn: string,
  context: Permission['context'] = {},
): readonly Permission[] {
  const key = parseRuleArn(arn) ?? parseBusArn(arn)
  if (key === undefined) throw new EventsValidationError('Parameter ResourceARN is not valid.')
  return [{ action, resource: arn, owner: key.account, context }]
}

/** @throws EventResourceNotFoundError unless the bus or rule that an ARN names is there */
export async function requireTagged(rules: RuleReader, arn: string): Promise<void> {
  const rule = parseRuleArn(arn)
  const bus = parseBusArn(arn)
  if (rule !== undefined && (await rules.find(rule)) === undefined) throw ruleNotFound(rule)
  if (bus !== undefined) await findBus(rules, bus)
  if (rule === undefined && bus === undefined) throw busNotFound(arn)
}
