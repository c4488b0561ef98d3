import type { UntagLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onTags } from './requested-group.ts'
import { untagGroup } from './tags.ts'

/** UntagResource as it was. @see Amazon CloudWatch Logs API reference, UntagLogGroup */
export const untagLogGroup: LogsAction<UntagLogGroupRequest, object> = {
  operation: 'UntagLogGroup',
  permissions: ({ logGroupName: name, tags }, call) =>
    onTags('logs:UntagLogGroup', groupNamed(name, call), { 'aws:TagKeys': tags }),
  async run({ logGroupName: name, tags }, call, { logs }) {
    await untagGroup(logs, groupNamed(name, call), tags)
    return {}
  },
}
