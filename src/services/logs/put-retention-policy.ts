import type { PutRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import { putRetention } from '../../logs/put-retention.ts'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onGroup } from './requested-group.ts'

/** @see Amazon CloudWatch Logs API reference, PutRetentionPolicy */
export const putRetentionPolicy: LogsAction<PutRetentionPolicyRequest, object> = {
  operation: 'PutRetentionPolicy',
  permissions: (input, call) => onGroup('logs:PutRetentionPolicy', groupNamed(input.logGroupName, call)),
  async run(input, call, { logs }) {
    await putRetention(logs, groupNamed(input.logGroupName, call), input.retentionInDays)
    return {}
  },
}
