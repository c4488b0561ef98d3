import type { PutPermissionRequest } from '@aws-sdk/client-eventbridge'
import { bindPrincipals } from '../../access/iam/policy-principals.ts'
import { EventsValidationError } from '../../core/events/errors.ts'
import { putBusPolicy, putBusStatement } from '../../messaging/rules/permissions-of-bus.ts'
import type { EventsAction } from './events-action.ts'
import { onBus, requestedBus } from './requested-rule.ts'

/** Lets others send events to a bus. @see Amazon EventBridge API reference, PutPermission */
export const putPermission: EventsAction<PutPermissionRequest, object> = {
  operation: 'PutPermission',
  permissions: (input, call) => onBus('events:PutPermission', requestedBus(input.EventBusName, call)),
  async run(input, call, { messaging }) {
    const bus = requestedBus(input.EventBusName, call)
    const {
      Policy: policy,
      Action: action,
      Principal: principal,
      StatementId: id,
      Condition: condition,
    } = input
    if (policy !== undefined) {
      await putBusPolicy(messaging, bus, await bindPrincipals(messaging.metadata, policy, refusal))
      return {}
    }
    if (action === undefined || principal === undefined || id === undefined) {
      throw new EventsValidationError(
        'Parameter Policy, or Action, Principal and StatementId, must be specified.',
      )
    }
    if (action !== 'events:PutEvents') {
      throw new EventsValidationError("Provided value in parameter 'action' is not supported.")
    }
    await putBusStatement(messaging, bus, { id, principal, action, condition: conditionOf(condition) })
    return {}
  },
}

function refusal(principal: string): EventsValidationError {
  return new EventsValidationError(
    `Parameter Policy is not valid. Reason: Invalid principal in policy: "AWS":"${principal}"`,
  )
}

type Condition = NonNullable<PutPermissionRequest['Condition']>

function conditionOf(given: Readonly<Condition> | undefined) {
  if (given?.Type === undefined || given.Key === undefined || given.Value === undefined) return undefined
  return { Type: given.Type, Key: given.Key, Value: given.Value }
}
