import type { Permission } from '../../access/permission.ts'
import { LogsParameterError, LogsValidationError } from '../../core/log-events/errors.ts'
import {
  type LogGroupKey,
  logGroupArn,
  logStreamArn,
  parseLogGroupArn,
} from '../../core/log-events/log-group.ts'
import type { Call } from '../service.ts'

/** How requests name a log group: by its name, or by its name or ARN. */
export interface GroupRequest {
  readonly logGroupName?: string | undefined
  readonly logGroupIdentifier?: string | undefined
}

/** The log group that a request names; a name is one of the caller's registry. @throws LogsParameterError, LogsValidationError */
export function requestedGroup(
  { logGroupName: name, logGroupIdentifier: identifier }: GroupRequest,
  call: Call,
): LogGroupKey {
  if (name !== undefined && identifier !== undefined) {
    throw new LogsValidationError('LogGroup name and LogGroup ARN are mutually exclusive parameters.')
  }
  const given = name ?? identifier
  if (given === undefined) throw new LogsParameterError('LogGroup name or LogGroup ARN must be specified.')
  if (!given.startsWith('arn:')) return groupNamed(given, call)
  return groupOfArn(given)
}

/** The log group of the caller's registry that has this name. */
export function groupNamed(name: string, { registry: { account, region } }: Call): LogGroupKey {
  return { account, region, name }
}

/** @throws LogsParameterError for what is no log group's ARN */
export function groupOfArn(arn: string): LogGroupKey {
  const key = parseLogGroupArn(arn)
  if (key === undefined) throw new LogsParameterError(`Invalid log group ARN: ${arn}`)
  return key
}

type LogsIamAction = `logs:${string}`

/**
 * What is done to a group, or to one of its streams.
 *
 * @see Service authorization reference, "Resource types defined by Amazon CloudWatch Logs"; policies name a group with `:*` at its end
 */
export function onGroup(action: LogsIamAction, group: LogGroupKey, stream?: string): readonly Permission[] {
  return [{ action, resource: logStreamArn(group, stream), owner: group.account }]
}

/** What is done to a group's tags: its ARN stands alone there. */
export function onTags(
  action: LogsIamAction,
  group: LogGroupKey,
  context?: Permission['context'],
): readonly Permission[] {
  return [{ action, resource: logGroupArn(group), owner: group.account, ...(context && { context }) }]
}
