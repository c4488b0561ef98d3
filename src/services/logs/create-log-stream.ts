import type { CreateLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import { createLogStream as create } from '../../logs/create-log-stream.ts'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onGroup } from './requested-group.ts'

/** @see Amazon CloudWatch Logs API reference, CreateLogStream */
export const createLogStream: LogsAction<CreateLogStreamRequest, object> = {
  operation: 'CreateLogStream',
  permissions: (input, call) =>
    onGroup('logs:CreateLogStream', groupNamed(input.logGroupName, call), input.logStreamName),
  async run({ logGroupName, logStreamName: name }, call, { logs }) {
    await create(logs, { group: groupNamed(logGroupName, call), name })
    return {}
  },
}
