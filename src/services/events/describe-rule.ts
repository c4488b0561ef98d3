import type { DescribeRuleRequest, DescribeRuleResponse } from '@aws-sdk/client-eventbridge'
import { ruleNotFound } from '../../core/events/errors.ts'
import { findBus } from '../../messaging/rules/find-bus.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedRule } from './requested-rule.ts'
import { ruleShape } from './rule-shape.ts'

/** @see Amazon EventBridge API reference, DescribeRule */
export const describeRule: EventsAction<DescribeRuleRequest, DescribeRuleResponse> = {
  operation: 'DescribeRule',
  permissions: (input, call) => onRule('events:DescribeRule', requestedRule(input.Name, input, call)),
  async run(input, call, { messaging: { metadata } }) {
    const key = requestedRule(input.Name, input, call)
    await findBus(metadata.rules, { ...key, name: key.bus })
    const rule = await metadata.rules.find(key)
    if (rule === undefined) throw ruleNotFound(key)
    return { ...ruleShape(rule), CreatedBy: rule.createdBy }
  },
}
