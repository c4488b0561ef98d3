import type { PutRuleRequest, PutRuleResponse } from '@aws-sdk/client-eventbridge'
import { tagConditions } from '../../access/tag-conditions.ts'
import { ruleArn } from '../../core/events/rule.ts'
import { putRule as put } from '../../messaging/rules/put-rule.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, passingRoles, requestedRule } from './requested-rule.ts'
import { readTags } from './tags.ts'

/** @see Amazon EventBridge API reference, PutRule */
export const putRule: EventsAction<PutRuleRequest, PutRuleResponse> = {
  operation: 'PutRule',
  permissions(input, call) {
    const rule = requestedRule(input.Name, input, call)
    const tags = readTags(input.Tags)
    const put = onRule('events:PutRule', rule, tagConditions(tags))
    const tagging = tags.size === 0 ? [] : onRule('events:TagResource', rule, tagConditions(tags))
    return [...put, ...tagging, ...passingRoles([input.RoleArn], call)]
  },
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
