import type { PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { writePosition } from '../../core/log-events/log-event.ts'
import { putLogEvents as put } from '../../logs/put-log-events.ts'
import type { LogsAction } from './logs-action.ts'
import { groupNamed, onGroup } from './requested-group.ts'

/**
 * Adds events to a stream. Sequence tokens are taken and given for old clients, and mean nothing, as on AWS.
 *
 * @see Amazon CloudWatch Logs API reference, PutLogEvents
 */
export const putLogEvents: LogsAction<PutLogEventsRequest, PutLogEventsResponse> = {
  operation: 'PutLogEvents',
  permissions: (input, call) =>
    onGroup('logs:PutLogEvents', groupNamed(input.logGroupName, call), input.logStreamName),
  async run({ logGroupName, logStreamName: name, logEvents, entity }, call, { logs }) {
    const rejected = await put(logs, { group: groupNamed(logGroupName, call), name }, logEvents)
    return {
      nextSequenceToken: writePosition({ timestamp: logs.now().getTime(), id: 0 }),
      ...(rejected && { rejectedLogEventsInfo: rejected }),
      ...(entity && { rejectedEntityInfo: { errorType: 'UnsupportedLogGroupType' } }),
    }
  },
}
