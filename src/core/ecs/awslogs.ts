import { isLogGroupName, type LogGroupKey, type LogStreamKey } from '../log-events/log-group.ts'
import type { AccountId } from '../names/account-id.ts'
import { isRegion } from '../names/region.ts'
import type { ContainerDefinition } from './container-definition.ts'
import type { Task } from './task.ts'

/** Where a container's output goes in CloudWatch Logs. */
export interface AwsLogs {
  readonly group: LogGroupKey
  /** What the name of its stream begins with, if that was said. */
  readonly prefix?: string
  readonly makesGroup: boolean
}

/**
 * What a container with log driver awslogs says of its output; undefined for another driver, and for a region or a group's name that is none.
 *
 * @see Amazon ECS developer guide, "Send Amazon ECS logs to CloudWatch", log driver options
 */
export function readAwsLogs(
  { logConfiguration }: ContainerDefinition,
  account: AccountId,
): AwsLogs | undefined {
  if (logConfiguration?.logDriver !== 'awslogs') return undefined
  const { options = {} } = logConfiguration
  const {
    'awslogs-region': region = '',
    'awslogs-group': name = '',
    'awslogs-stream-prefix': prefix,
  } = options
  if (!isRegion(region) || !isLogGroupName(name)) return undefined
  return {
    group: { account, region, name },
    ...(prefix && { prefix }),
    makesGroup: options['awslogs-create-group'] === 'true',
  }
}

/** As Docker reads sizes: a number, and a unit that may be left out. */
const size = /^\d+(\.\d+)? ?([kmgtp]i?)?b?$/i

/**
 * What is wrong with the values of options that say how output gets there, in the words of the engine, which would not start a container
 * with them.
 *
 * @see Docker, "Configure logging drivers", delivery mode
 */
export function awsLogsObjection({
  mode = '',
  'max-buffer-size': buffer,
  'awslogs-create-group': makes = 'false',
}: Readonly<Record<string, string>>): string | undefined {
  if (!['', 'blocking', 'non-blocking'].includes(mode)) return `logging mode not supported: ${mode}`
  if (buffer !== undefined && mode !== 'non-blocking') {
    return "max-buffer-size option is only supported with 'mode=non-blocking'"
  }
  if (buffer !== undefined && !size.test(buffer)) {
    return `error parsing option max-buffer-size: invalid size: '${buffer}'`
  }
  if (makes !== 'true' && makes !== 'false') {
    return `must specify valid value for log opt 'awslogs-create-group': ${makes}`
  }
  return undefined
}

/** The stream of a container: with a prefix it says whose output it is, without one it has the engine's id. */
export function awsLogStream(
  { group, prefix }: AwsLogs,
  { id }: Pick<Task, 'id'>,
  container: { readonly name: string; readonly runtimeId: string },
): LogStreamKey {
  return { group, name: prefix === undefined ? container.runtimeId : `${prefix}/${container.name}/${id}` }
}
