import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-cloudwatch-logs'
import type { LogsAction } from './logs-action.ts'
import { groupOfArn, onTags } from './requested-group.ts'
import { tagsOfGroup } from './tags.ts'

/** @see Amazon CloudWatch Logs API reference, ListTagsForResource */
export const listTagsForResource: LogsAction<ListTagsForResourceRequest, ListTagsForResourceResponse> = {
  operation: 'ListTagsForResource',
  permissions: (input) => onTags('logs:ListTagsForResource', groupOfArn(input.resourceArn)),
  run: async ({ resourceArn }, _call, { logs }) => ({
    tags: await tagsOfGroup(logs, groupOfArn(resourceArn)),
  }),
}
