import { bindActions } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import { createLogGroup } from './create-log-group.ts'
import { createLogStream } from './create-log-stream.ts'
import { deleteLogGroup } from './delete-log-group.ts'
import { deleteLogStream } from './delete-log-stream.ts'
import { deleteRetentionPolicy } from './delete-retention-policy.ts'
import { describeLogGroups } from './describe-log-groups.ts'
import { describeLogStreams } from './describe-log-streams.ts'
import { logsFaults } from './faults.ts'
import { filterLogEvents } from './filter-log-events.ts'
import { getLogEvents } from './get-log-events.ts'
import { listTagsForResource } from './list-tags-for-resource.ts'
import { listTagsLogGroup } from './list-tags-log-group.ts'
import type { LogsContext } from './logs-action.ts'
import { putLogEvents } from './put-log-events.ts'
import { putRetentionPolicy } from './put-retention-policy.ts'
import { tagLogGroup } from './tag-log-group.ts'
import { tagResource } from './tag-resource.ts'
import { untagLogGroup } from './untag-log-group.ts'
import { untagResource } from './untag-resource.ts'

const actions = [
  createLogGroup,
  createLogStream,
  deleteLogGroup,
  deleteLogStream,
  deleteRetentionPolicy,
  describeLogGroups,
  describeLogStreams,
  filterLogEvents,
  getLogEvents,
  listTagsForResource,
  listTagsLogGroup,
  putLogEvents,
  putRetentionPolicy,
  tagLogGroup,
  tagResource,
  untagLogGroup,
  untagResource,
]

/** Amazon CloudWatch Logs' API. */
export function logsService(context: LogsContext): Service {
  return { name: 'logs', actions: bindActions(context, actions), faults: logsFaults }
}
