import type { UntagResourceRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { LogsAction } from './logs-action.ts'
import { groupOfArn, onTags } from './requested-group.ts'
import { untagGroup } from './tags.ts'

/** @see Amazon CloudWatch Logs API reference, UntagResource */
export const untagResource: LogsAction<UntagResourceRequest, object> = {
  operation: 'UntagResource',
  permissions: ({ resourceArn, tagKeys }) =>
    onTags('logs:UntagResource', groupOfArn(resourceArn), { 'aws:TagKeys': tagKeys }),
  async run({ resourceArn, tagKeys }, _call, { logs }) {
    await untagGroup(logs, groupOfArn(resourceArn), tagKeys)
    return {}
  },
}
