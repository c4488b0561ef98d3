import type { DeleteRuleRequest } from '@aws-sdk/client-eventbridge'
import { deleteRule as remove } from '../../messaging/rules/delete-rule.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedRule } from './requested-rule.ts'

/** @see Amazon EventBridge API reference, DeleteRule */
export const deleteRule: EventsAction<DeleteRuleRequest, object> = {
  operation: 'DeleteRule',
  permissions: (input, call) => onRule('events:DeleteRule', requestedRule(input.Name, input, call)),
  async run(input, call, { messaging }) {
    await remove(messaging, requestedRule(input.Name, input, call))
    return {}
  },
}
