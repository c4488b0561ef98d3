import type { EnableRuleRequest } from '@aws-sdk/client-eventbridge'
import { setRuleState } from '../../messaging/rules/set-rule-state.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedRule } from './requested-rule.ts'

/** @see Amazon EventBridge API reference, EnableRule */
export const enableRule: EventsAction<EnableRuleRequest, object> = {
  operation: 'EnableRule',
  permissions: (input, call) => onRule('events:EnableRule', requestedRule(input.Name, input, call)),
  async run(input, call, { messaging }) {
    await setRuleState(messaging, requestedRule(input.Name, input, call), 'ENABLED')
    return {}
  },
}
