import { isLogGroupName } from '../../log-events/log-group.ts'
import { EcsInvalidParameterError } from '../errors.ts'

/** Where the output of commands in a cluster's containers is kept: nowhere, where that of the container goes, or in a log group. */
export type ExecLogging =
  | { readonly logging: 'NONE' | 'DEFAULT' }
  | { readonly logging: 'OVERRIDE'; readonly group: string }

/** As a request gives it. */
export interface GivenExecLogging {
  readonly logging?: 'NONE' | 'DEFAULT' | 'OVERRIDE'
  readonly logConfiguration?: {
    readonly cloudWatchLogGroupName?: string
    readonly cloudWatchEncryptionEnabled?: boolean
    readonly s3BucketName?: string
    readonly s3EncryptionEnabled?: boolean
    readonly s3KeyPrefix?: string
  }
}

const elsewhere = [
  'cloudWatchEncryptionEnabled',
  's3BucketName',
  's3EncryptionEnabled',
  's3KeyPrefix',
] as const

/**
 * What a cluster's configuration says of commands.
 *
 * @throws EcsInvalidParameterError for a log group that is missing or out of place, and for what Berth doesn't have: S3, and keys of KMS
 * @see Amazon ECS API reference, ExecuteCommandConfiguration
 */
export function readExecLogging({
  logging = 'DEFAULT',
  logConfiguration: given,
}: GivenExecLogging): ExecLogging {
  const unoffered = elsewhere.find((name) => given?.[name])
  if (unoffered !== undefined) throw new EcsInvalidParameterError(`Berth does not offer '${unoffered}'.`)
  const group = given?.cloudWatchLogGroupName
  if (logging !== 'OVERRIDE') {
    if (group === undefined) return { logging }
    throw new EcsInvalidParameterError('A logConfiguration goes with the logging OVERRIDE alone.')
  }
  if (group === undefined) {
    throw new EcsInvalidParameterError(
      'The logging OVERRIDE needs a logConfiguration with a cloudWatchLogGroupName.',
    )
  }
  if (!isLogGroupName(group)) throw new EcsInvalidParameterError(`'${group}' is not a log group's name.`)
  return { logging, group }
}
