import type { PutRuleRequest, PutRuleResponse } from '@aws-sdk/client-eventbridge'
import { ruleArn } from '../../core/events/rule.ts'
import { putRule as put } from '../../messaging/rules/put-rule.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedRule } from './requested-rule.ts'
import { readTags } from './tags.ts'

/** @see Amazon EventBridge API reference, PutRule */
export const putRule: EventsAction<PutRuleRequest, PutRuleResponse> = {
  operation: 'PutRule',
  permissions: (input, call) => onRule('events:PutRule', requestedRule(input.Name, input, call)),
  async run(input, call, { messaging }) {
    const rule = await put(messaging, {
      ...requestedRule(input.Name, input, call),
      pattern: input.EventPattern || undefined,
      schedule: input.ScheduleExpression || undefined,
      state: input.State ?? 'ENABLED',
      description: input.Description,
      roleArn: input.RoleArn,
      createdBy: call.caller.account,
      tags: readTags(input.Tags),
    })
    return { RuleArn: ruleArn(rule) }
  },
}
