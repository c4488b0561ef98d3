import type {
  FilteredLogEvent,
  FilterLogEventsRequest,
  FilterLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import { LogsParameterError } from '../../core/log-events/errors.ts'
import { readPosition, type StoredLogEvent, writePosition } from '../../core/log-events/log-event.ts'
import { filterLogEvents as filter } from '../../logs/filter-log-events.ts'
import { invalidNextToken } from '../next-token.ts'
import type { LogsAction } from './logs-action.ts'
import { onGroup, requestedGroup } from './requested-group.ts'

const mostEvents = 10_000

/** Events of a group that fit a pattern: what `aws logs tail` asks for. @see Amazon CloudWatch Logs API reference, FilterLogEvents */
export const filterLogEvents: LogsAction<FilterLogEventsRequest, FilterLogEventsResponse> = {
  operation: 'FilterLogEvents',
  permissions: (input, call) => onGroup('logs:FilterLogEvents', requestedGroup(input, call)),
  async run(input, call, { logs }) {
    const { logStreamNames: streams, logStreamNamePrefix: streamPrefix, endTime } = input
    if (streams !== undefined && streamPrefix !== undefined) {
      throw new LogsParameterError(
        'logStreamNames and logStreamNamePrefix are mutually exclusive parameters.',
      )
    }
    const { events, position } = await filter(logs, requestedGroup(input, call), {
      streams,
      streamPrefix,
      from: input.startTime,
      to: endTime === undefined ? undefined : endTime + 1,
      pattern: input.filterPattern,
      after: searchPosition(call.pages.position),
      limit: input.limit ?? mostEvents,
    })
    const nextToken = position && call.pages.next(writePosition(position))
    return {
      events: events.map(eventShape),
      searchedLogStreams: [],
      ...(nextToken !== undefined && { nextToken }),
    }
  },
}

function searchPosition(position: unknown) {
  if (position === undefined) return undefined
  const read = typeof position === 'string' ? readPosition(position) : undefined
  if (read === undefined) throw invalidNextToken()
  return read
}

function eventShape(event: StoredLogEvent): FilteredLogEvent {
  return {
    logStreamName: event.stream,
    timestamp: event.timestamp,
    message: event.message,
    ingestionTime: event.ingestedAt,
    eventId: writePosition({ timestamp: event.timestamp, id: event.id }),
  }
}
