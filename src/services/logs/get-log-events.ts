import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { LogPosition, StoredLogEvent } from '../../core/log-events/log-event.ts'
import { positionOf, readLogEvents } from '../../logs/read-log-events.ts'
import { type EventToken, readToken, writeToken } from './event-tokens.ts'
import type { LogsAction } from './logs-action.ts'
import { onGroup, requestedGroup } from './requested-group.ts'

const mostEvents = 10_000
const beginning: LogPosition = { timestamp: 0, id: 0 }

/** The events of one stream, from its beginning or its end. @see Amazon CloudWatch Logs API reference, GetLogEvents */
export const getLogEvents: LogsAction<GetLogEventsRequest, GetLogEventsResponse> = {
  operation: 'GetLogEvents',
  permissions: (input, call) =>
    onGroup('logs:GetLogEvents', requestedGroup(input, call), input.logStreamName),
  async run(input, call, { logs }) {
    const { nextToken, startFromHead = false, limit = mostEvents } = input
    const token = nextToken === undefined ? undefined : readToken(nextToken)
    const order = token?.order ?? (startFromHead ? 'forward' : 'backward')
    const stream = { group: requestedGroup(input, call), name: input.logStreamName }
    const { startTime: from, endTime: to } = input
    const events = await readLogEvents(logs, stream, { from, to, position: token?.position, order, limit })
    return { events: events.map(eventShape), ...tokensAround(events, token) }
  },
}

/** Where to go on either way; of no events, where one is already. */
function tokensAround(events: readonly StoredLogEvent[], token: EventToken | undefined) {
  const around =
    events.length === 0
      ? aroundNothing(token)
      : { first: positionOf(events[0]), last: positionOf(events.at(-1)) }
  return {
    nextForwardToken: writeToken({ order: 'forward', position: around.last ?? beginning }),
    nextBackwardToken: writeToken({ order: 'backward', position: around.first ?? beginning }),
  }
}

/** The way back leads to the event that one came from. */
function aroundNothing(token: EventToken | undefined) {
  const { order, position } = token ?? { order: 'forward', position: beginning }
  const { timestamp, id } = position
  if (order === 'forward') return { last: position, first: { timestamp, id: id + 1 } }
  return { first: position, last: { timestamp, id: Math.max(0, id - 1) } }
}

function eventShape({ timestamp, message, ingestedAt }: StoredLogEvent) {
  return { timestamp, message, ingestionTime: ingestedAt }
}
