import type { TagLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { tagConditions } from '../../access/tag-conditions.ts'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onTags } from './requested-group.ts'
import { readTags, tagGroup } from './tags.ts'

/** TagResource as it was. @see Amazon CloudWatch Logs API reference, TagLogGroup */
export const tagLogGroup: LogsAction<TagLogGroupRequest, object> = {
  operation: 'TagLogGroup',
  permissions: ({ logGroupName: name, tags }, call) =>
    onTags('logs:TagLogGroup', groupNamed(name, call), tagConditions(readTags(tags))),
  async run({ logGroupName: name, tags }, call, { logs }) {
    await tagGroup(logs, groupNamed(name, call), readTags(tags))
    return {}
  },
}
