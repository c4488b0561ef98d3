import type { DisableRuleRequest } from '@aws-sdk/client-eventbridge'
import { setRuleState } from '../../messaging/rules/set-rule-state.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedRule } from './requested-rule.ts'

/** @see Amazon EventBridge API reference, DisableRule */
export const disableRule: EventsAction<DisableRuleRequest, object> = {
  operation: 'DisableRule',
  permissions: (input, call) => onRule('events:DisableRule', requestedRule(input.Name, input, call)),
  async run(input, call, { messaging }) {
    await setRuleState(messaging, requestedRule(input.Name, input, call), 'DISABLED')
    return {}
  },
}
