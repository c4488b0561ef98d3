import type { DeleteRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import { putRetention } from '../../logs/put-retention.ts'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onGroup } from './requested-group.ts'

/** From now on events are kept for ever. @see Amazon CloudWatch Logs API reference, DeleteRetentionPolicy */
export const deleteRetentionPolicy: LogsAction<DeleteRetentionPolicyRequest, object> = {
  operation: 'DeleteRetentionPolicy',
  permissions: (input, call) => onGroup('logs:DeleteRetentionPolicy', groupNamed(input.logGroupName, call)),
  async run(input, call, { logs }) {
    await putRetention(logs, groupNamed(input.logGroupName, call), undefined)
    return {}
  },
}
