import type { TestEventPatternRequest, TestEventPatternResponse } from '@aws-sdk/client-eventbridge'
import { fitsPattern } from '../../core/event-patterns/fits-pattern.ts'
import { flattenEvent } from '../../core/event-patterns/flatten-event.ts'
import { isObject, type JsonObject } from '../../core/event-patterns/leaf.ts'
import { parseEventPattern } from '../../core/event-patterns/parse-event-pattern.ts'
import { EventsValidationError } from '../../core/events/errors.ts'
import type { EventsAction } from './events-action.ts'
import { onNothing } from './requested-rule.ts'

const needed = ['id', 'account', 'source', 'time', 'region', 'detail-type']

/** @see Amazon EventBridge API reference, TestEventPattern */
export const testEventPattern: EventsAction<TestEventPatternRequest, TestEventPatternResponse> = {
  operation: 'TestEventPattern',
  permissions: onNothing('events:TestEventPattern'),
  async run(input) {
    const event = parseEvent(input.Event)
    return { Result: fitsPattern(parseEventPattern(input.EventPattern), flattenEvent(event)) }
  },
}

function parseEvent(text: string): JsonObject {
  try {
    const event: unknown = JSON.parse(text)
    if (isObject(event) && needed.every((name) => Object.hasOwn(event, name))) return event
  } catch {
    // Said below, with all else that is no event.
  }
  throw new EventsValidationError('Parameter Event is not valid.')
}
