import type { RemoveTargetsRequest, RemoveTargetsResponse } from '@aws-sdk/client-eventbridge'
import { removeTargets as remove } from '../../messaging/rules/put-targets.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedRule } from './requested-rule.ts'

/** @see Amazon EventBridge API reference, RemoveTargets */
export const removeTargets: EventsAction<RemoveTargetsRequest, RemoveTargetsResponse> = {
  operation: 'RemoveTargets',
  permissions: (input, call) => onRule('events:RemoveTargets', requestedRule(input.Rule, input, call)),
  async run(input, call, { messaging }) {
    await remove(messaging, requestedRule(input.Rule, input, call), input.Ids)
    return { FailedEntryCount: 0, FailedEntries: [] }
  },
}
