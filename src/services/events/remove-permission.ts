import type { RemovePermissionRequest } from '@aws-sdk/client-eventbridge'
import { EventsValidationError } from '../../core/events/errors.ts'
import { removeBusStatement } from '../../messaging/rules/permissions-of-bus.ts'
import type { EventsAction } from './events-action.ts'
import { onBus, requestedBus } from './requested-rule.ts'

/** @see Amazon EventBridge API reference, RemovePermission */
export const removePermission: EventsAction<RemovePermissionRequest, object> = {
  operation: 'RemovePermission',
  permissions: (input, call) => onBus('events:RemovePermission', requestedBus(input.EventBusName, call)),
  async run(input, call, { messaging }) {
    const { StatementId: id, RemoveAllPermissions: all } = input
    if (all !== true && id === undefined) {
      throw new EventsValidationError('Parameter StatementId or RemoveAllPermissions must be specified.')
    }
    await removeBusStatement(messaging, requestedBus(input.EventBusName, call), all === true ? undefined : id)
    return {}
  },
}
