import { isAccountId } from '../names/account-id.ts'
import { isRegion } from '../names/region.ts'
import type { RegistryKey } from '../names/registry-key.ts'
import { LogsParameterError } from './errors.ts'

/** A log group, by the name that its registry gives to no other. */
export interface LogGroupKey extends RegistryKey {
  readonly name: string
}

export interface LogGroup extends LogGroupKey {
  readonly id: number
  /** For ever without it. */
  readonly retentionInDays?: number | undefined
  readonly createdAt: Date
}

export interface LogStreamKey {
  readonly group: LogGroupKey
  readonly name: string
}

/** `arn:aws:logs:<region>:<account>:log-group:<name>` */
export function logGroupArn({ account, region, name }: LogGroupKey): string {
  return `arn:aws:logs:${region}:${account}:log-group:${name}`
}

/** `<the group's ARN>:log-stream:<name>`; without a name what policies see where no stream is named. */
export function logStreamArn(group: LogGroupKey, name = ''): string {
  return `${logGroupArn(group)}:log-stream:${name}`
}

export function isLogGroupName(text: string): boolean {
  return /^[.\-_/#A-Za-z0-9]{1,512}$/.test(text)
}

const arnPattern = /^arn:aws:logs:([^:]*):([^:]*):log-group:([.\-_/#A-Za-z0-9]{1,512})(?::\*)?$/

/** The log group that an ARN names, with or without `:*` at its end; undefined for any other text. */
export function parseLogGroupArn(text: string): LogGroupKey | undefined {
  const [, region = '', account = '', name = ''] = arnPattern.exec(text) ?? []
  return isRegion(region) && isAccountId(account) ? { account, region, name } : undefined
}

/** @see Amazon CloudWatch Logs API reference, PutRetentionPolicy, retentionInDays */
const retentions: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

/** @throws LogsParameterError for a number of days that CloudWatch Logs doesn't offer */
export function checkRetention(days: number): void {
  if (retentions.includes(days)) return
  throw new LogsParameterError(
    `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentions.join(', ')}]`,
  )
}
