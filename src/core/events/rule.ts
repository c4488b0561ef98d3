import type { AccountId } from '../names/account-id.ts'
import type { RegistryKey } from '../names/registry-key.ts'

/** The bus on which services tell what happens; every account has one in each region. */
export const defaultBus = 'default'

export interface BusKey extends RegistryKey {
  readonly name: string
}

export interface EventBus extends BusKey {
  readonly description?: string | undefined
  /** Who else may send to it: the text of a policy. */
  readonly policy?: string | undefined
  readonly createdAt: Date
  readonly changedAt: Date
}

export interface RuleKey extends RegistryKey {
  readonly bus: string
  readonly name: string
}

export type RuleState = 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'

/** Which events of a bus, or which times, lead to the rule's targets. It has a pattern, a schedule or both. */
export interface Rule extends RuleKey {
  /** The text as it was given. */
  readonly pattern?: string | undefined
  readonly schedule?: string | undefined
  readonly state: RuleState
  readonly description?: string | undefined
  readonly roleArn?: string | undefined
  readonly createdBy: AccountId
  readonly createdAt: Date
}

/** `arn:aws:events:<region>:<account>:event-bus/<name>` */
export function busArn({ account, region, name }: BusKey): string {
  return `arn:aws:events:${region}:${account}:event-bus/${name}`
}

/** `...:rule/<name>`, on another bus than the default one `...:rule/<bus>/<name>`. */
export function ruleArn({ account, region, bus, name }: RuleKey): string {
  const path = bus === defaultBus ? name : `${bus}/${name}`
  return `arn:aws:events:${region}:${account}:rule/${path}`
}
