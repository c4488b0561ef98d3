import type { CreateEventBusRequest, CreateEventBusResponse } from '@aws-sdk/client-eventbridge'
import { tagConditions } from '../../access/tag-conditions.ts'
import { EventResourceExistsError, EventsValidationError } from '../../core/events/errors.ts'
import { busArn, defaultBus } from '../../core/events/rule.ts'
import type { EventsAction } from './events-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { onBus, requestedBus } from './requested-rule.ts'
import { readTags } from './tags.ts'

/** @see Amazon EventBridge API reference, CreateEventBus */
export const createEventBus: EventsAction<CreateEventBusRequest, CreateEventBusResponse> = {
  operation: 'CreateEventBus',
  permissions(input, call) {
    const bus = requestedBus(input.Name, call)
    const tags = readTags(input.Tags)
    const creation = onBus('events:CreateEventBus', bus, tagConditions(tags))
    return tags.size === 0
      ? creation
      : [...creation, ...onBus('events:TagResource', bus, tagConditions(tags))]
  },
  async run(input, call, { messaging: { metadata, now } }) {
    refuseUnoffered(input, ['EventSourceName', 'KmsKeyIdentifier', 'DeadLetterConfig', 'LogConfig'])
    const key = requestedBus(input.Name, call)
    if (key.name.startsWith('arn:')) throw new EventsValidationError('Parameter Name is not valid.')
    const at = now()
    const description = input.Description
    await metadata.write(async (tx) => {
      if (key.name === defaultBus || (await tx.rules.bus(key)) !== undefined) {
        throw new EventResourceExistsError(`Event bus ${key.name} already exists.`)
      }
      await tx.rules.putBus({ ...key, description, createdAt: at, changedAt: at })
      await tx.arnTags.put(busArn(key), readTags(input.Tags))
    })
    return { EventBusArn: busArn(key), ...(description !== undefined && { Description: description }) }
  },
}
