import type { TagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import { tagConditions } from '../../access/tag-conditions.ts'
import type { LogsAction } from './logs-action.ts'
import { groupOfArn, onTags } from './requested-group.ts'
import { readTags, tagGroup } from './tags.ts'

/** @see Amazon CloudWatch Logs API reference, TagResource */
export const tagResource: LogsAction<TagResourceRequest, object> = {
  operation: 'TagResource',
  permissions: ({ resourceArn, tags }) =>
    onTags('logs:TagResource', groupOfArn(resourceArn), tagConditions(readTags(tags))),
  async run({ resourceArn, tags }, _call, { logs }) {
    await tagGroup(logs, groupOfArn(resourceArn), readTags(tags))
    return {}
  },
}
