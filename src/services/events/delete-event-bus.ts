import type { DeleteEventBusRequest } from '@aws-sdk/client-eventbridge'
import { EventsValidationError } from '../../core/events/errors.ts'
import { busArn, defaultBus } from '../../core/events/rule.ts'
import type { EventsAction } from './events-action.ts'
import { onBus, requestedBus } from './requested-rule.ts'

/** Deletes a bus that has no rules; one that isn't there is deleted already. @see Amazon EventBridge API reference, DeleteEventBus */
export const deleteEventBus: EventsAction<DeleteEventBusRequest, object> = {
  operation: 'DeleteEventBus',
  permissions: (input, call) => onBus('events:DeleteEventBus', requestedBus(input.Name, call)),
  async run(input, call, { messaging: { metadata } }) {
    const key = requestedBus(input.Name, call)
    if (key.name === defaultBus) throw new EventsValidationError('Cannot delete event bus default.')
    await metadata.write(async (tx) => {
      if ((await tx.rules.countOf(key)) > 0) {
        throw new EventsValidationError("Event bus can't be deleted since it has rules.")
      }
      await tx.rules.deleteBus(key)
      await tx.arnTags.clear(busArn(key))
    })
    return {}
  },
}
