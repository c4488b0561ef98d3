import type { CreateLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { tagConditions } from '../../access/tag-conditions.ts'
import { LogsParameterError } from '../../core/log-events/errors.ts'
import { createLogGroup as create } from '../../logs/create-log-group.ts'
import type { LogsAction } from './logs-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { groupNamed, onGroup, onTags } from './requested-group.ts'
import { readTags } from './tags.ts'

/** @see Amazon CloudWatch Logs API reference, CreateLogGroup */
export const createLogGroup: LogsAction<CreateLogGroupRequest, object> = {
  operation: 'CreateLogGroup',
  permissions(input, call) {
    const group = groupNamed(input.logGroupName, call)
    const context = tagConditions(readTags(input.tags))
    const creation = onGroup('logs:CreateLogGroup', group).map((one) => ({ ...one, context }))
    return input.tags ? [...creation, ...onTags('logs:TagResource', group, context)] : creation
  },
  async run(input, call, { logs }) {
    refuseUnoffered(input, ['kmsKeyId', 'deletionProtectionEnabled'])
    const { logGroupClass = 'STANDARD' } = input
    if (logGroupClass !== 'STANDARD') {
      throw new LogsParameterError(
        `Berth offers log groups of the class STANDARD alone, not ${logGroupClass}.`,
      )
    }
    await create(logs, groupNamed(input.logGroupName, call), readTags(input.tags))
    return {}
  },
}
