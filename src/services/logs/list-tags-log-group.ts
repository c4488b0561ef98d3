import type { ListTagsLogGroupRequest, ListTagsLogGroupResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onTags } from './requested-group.ts'
import { tagsOfGroup } from './tags.ts'

/** ListTagsForResource as it was. @see Amazon CloudWatch Logs API reference, ListTagsLogGroup */
export const listTagsLogGroup: LogsAction<ListTagsLogGroupRequest, ListTagsLogGroupResponse> = {
  operation: 'ListTagsLogGroup',
  permissions: (input, call) => onTags('logs:ListTagsLogGroup', groupNamed(input.logGroupName, call)),
  run: async ({ logGroupName: name }, call, { logs }) => ({
    tags: await tagsOfGroup(logs, groupNamed(name, call)),
  }),
}
