import type { DeleteLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import { deleteLogStream as remove } from '../../logs/delete-log-stream.ts'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onGroup } from './requested-group.ts'

/** @see Amazon CloudWatch Logs API reference, DeleteLogStream */
export const deleteLogStream: LogsAction<DeleteLogStreamRequest, object> = {
  operation: 'DeleteLogStream',
  permissions: (input, call) =>
    onGroup('logs:DeleteLogStream', groupNamed(input.logGroupName, call), input.logStreamName),
  async run({ logGroupName, logStreamName: name }, call, { logs }) {
    await remove(logs, { group: groupNamed(logGroupName, call), name })
    return {}
  },
}
