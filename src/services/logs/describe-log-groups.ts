import type {
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroup as LogGroupShape,
} from '@aws-sdk/client-cloudwatch-logs'
import { LogsParameterError } from '../../core/log-events/errors.ts'
import { type LogGroup, logGroupArn } from '../../core/log-events/log-group.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { LogsAction } from './logs-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { groupNamed, onGroup } from './requested-group.ts'

const defaultPageSize = 50

/** Log groups by name. @see Amazon CloudWatch Logs API reference, DescribeLogGroups */
export const describeLogGroups: LogsAction<DescribeLogGroupsRequest, DescribeLogGroupsResponse> = {
  operation: 'DescribeLogGroups',
  permissions: (_input, call) => onGroup('logs:DescribeLogGroups', groupNamed('', call)),
  async run(input, call, { logs: { metadata } }) {
    refuseUnoffered(input, ['accountIdentifiers', 'includeLinkedAccounts', 'logGroupIdentifiers'])
    const { logGroupNamePrefix: prefix, logGroupNamePattern: contains, logGroupClass = 'STANDARD' } = input
    if (prefix !== undefined && contains !== undefined) {
      throw new LogsParameterError(
        'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
      )
    }
    // There are none of another class.
    if (logGroupClass !== 'STANDARD') return { logGroups: [] }
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.limit ?? defaultPageSize,
      read: (limit) => metadata.logs.groups(call.registry, { prefix, contains, after, limit }),
      positionOf: (last) => last.name,
    })
    const bytes = await metadata.logs.storedBytes(rows.map(({ id }) => id))
    const logGroups = rows.map((group) => groupShape(group, bytes.get(group.id) ?? 0))
    return { logGroups, ...(nextToken !== undefined && { nextToken }) }
  },
}

function groupShape(group: LogGroup, storedBytes: number): LogGroupShape {
  const arn = logGroupArn(group)
  return {
    logGroupName: group.name,
    creationTime: group.createdAt.getTime(),
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    storedBytes,
    logGroupClass: 'STANDARD',
    logGroupArn: arn,
    deletionProtectionEnabled: false,
  }
}
