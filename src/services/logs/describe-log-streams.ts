import type {
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  LogStream as LogStreamShape,
} from '@aws-sdk/client-cloudwatch-logs'
import { LogsParameterError } from '../../core/log-events/errors.ts'
import { type LogGroup, logStreamArn } from '../../core/log-events/log-group.ts'
import { findLogGroup } from '../../logs/find-log.ts'
import type { LogStream, StreamPage } from '../../stores/metadata/logs.ts'
import { invalidNextToken } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { LogsAction } from './logs-action.ts'
import { onGroup, requestedGroup } from './requested-group.ts'

const defaultPageSize = 50

/** The streams of a log group. @see Amazon CloudWatch Logs API reference, DescribeLogStreams */
export const describeLogStreams: LogsAction<DescribeLogStreamsRequest, DescribeLogStreamsResponse> = {
  operation: 'DescribeLogStreams',
  permissions: (input, call) => onGroup('logs:DescribeLogStreams', requestedGroup(input, call)),
  async run(input, call, { logs: { metadata } }) {
    const { logStreamNamePrefix: prefix, orderBy = 'LogStreamName', descending = false } = input
    const order = orderBy === 'LastEventTime' ? 'latest-event' : 'name'
    if (order === 'latest-event' && prefix !== undefined) {
      throw new LogsParameterError('Cannot order by LastEventTime with a logStreamNamePrefix.')
    }
    const group = await findLogGroup(metadata.logs, requestedGroup(input, call))
    const after = streamPosition(call.pages.position)
    const { rows, nextToken } = await readPage(call, {
      size: input.limit ?? defaultPageSize,
      read: (limit) => metadata.logs.streams(group, { order, descending, prefix, after, limit }),
      positionOf: ({ name, events }) => ({ latest: events?.last ?? 0, name }),
    })
    const logStreams = rows.map((stream) => streamShape(group, stream))
    return { logStreams, ...(nextToken !== undefined && { nextToken }) }
  },
}

function streamPosition(position: unknown): StreamPage['after'] {
  if (position === undefined) return undefined
  if (typeof position !== 'object' || position === null) throw invalidNextToken()
  if (!('latest' in position) || !('name' in position)) throw invalidNextToken()
  const { latest, name } = position
  if (typeof latest !== 'number' || typeof name !== 'string') throw invalidNextToken()
  return { latest, name }
}

function streamShape(group: LogGroup, { name, createdAt, events }: LogStream): LogStreamShape {
  return {
    logStreamName: name,
    creationTime: createdAt.getTime(),
    ...(events && {
      firstEventTimestamp: events.first,
      lastEventTimestamp: events.last,
      lastIngestionTime: events.ingestedAt,
    }),
    arn: logStreamArn(group, name),
    storedBytes: 0,
  }
}
