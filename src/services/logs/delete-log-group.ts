import type { DeleteLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { deleteLogGroup as remove } from '../../logs/delete-log-group.ts'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onGroup } from './requested-group.ts'

/** @see Amazon CloudWatch Logs API reference, DeleteLogGroup */
export const deleteLogGroup: LogsAction<DeleteLogGroupRequest, object> = {
  operation: 'DeleteLogGroup',
  permissions: (input, call) => onGroup('logs:DeleteLogGroup', groupNamed(input.logGroupName, call)),
  async run(input, call, { logs }) {
    await remove(logs, groupNamed(input.logGroupName, call))
    return {}
  },
}
