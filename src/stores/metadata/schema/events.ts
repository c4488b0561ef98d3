import type { Generated } from 'kysely'
import type { DeliveryKind, DeliveryState } from '../../../core/deliveries/delivery.ts'
import type { ReplayState } from '../../../core/events/replay.ts'
import type { RuleState } from '../../../core/events/rule.ts'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Region } from '../../../core/names/region.ts'
import type { Subscription, SubscriptionProtocol } from '../../../core/topics/topic.ts'
import type { NamedThing } from '../destinations.ts'
import type { EpochMillis } from './columns.ts'

/** Events that no rule has seen yet. */
export interface OutboxTable {
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly bus: string
  /** How many buses the event was on before. */
  readonly hops: number
  /** JSON, as targets get it. */
  readonly event: string
  /** Of an event that is told again: a JSON array of the ARNs of the rules that alone are told. */
  readonly only_rules: string | null
}

/** Buses that were created; the default ones only where something was set of them. */
export interface EventBusTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly description: string | null
  readonly policy: string | null
  readonly created_at: EpochMillis
  readonly changed_at: EpochMillis
}

export interface EventRuleTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly bus: string
  readonly name: string
  readonly pattern: string | null
  readonly schedule: string | null
  readonly state: RuleState
  readonly description: string | null
  readonly role_arn: string | null
  readonly created_by: AccountId
  readonly created_at: EpochMillis
}

export interface EventTargetTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly bus: string
  readonly rule: string
  readonly id: string
  readonly arn: string
  /** JSON, as it was given. */
  readonly target: string
}

/** Connections and API destinations. */
export interface EventThingTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly kind: NamedThing['kind']
  readonly name: string
  readonly id: string
  /** JSON. */
  readonly content: string
  readonly created_at: EpochMillis
  readonly changed_at: EpochMillis
}

export interface TopicTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  /** A JSON object of texts. */
  readonly attributes: string
  readonly policy: string | null
  readonly created_at: EpochMillis
}

export interface SubscriptionTable {
  readonly id: string
  readonly account_id: AccountId
  readonly region: Region
  readonly topic: string
  readonly protocol: SubscriptionProtocol
  readonly endpoint: string
  readonly principal: string
  /** A JSON object of texts. */
  readonly attributes: string
  readonly confirmation: NonNullable<Subscription['confirmation']> | null
  readonly token: string
  readonly token_until: EpochMillis
  readonly address: string
  readonly created_at: EpochMillis
}

export interface ArnTagTable {
  readonly arn: string
  readonly key: string
  readonly value: string
}

export interface DeliveryTable {
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly lane: string
  readonly kind: DeliveryKind
  /** JSON. */
  readonly content: string
  readonly created_at: EpochMillis
  readonly most_attempts: number
  /** When it is given up. */
  readonly until: EpochMillis
  readonly state: Generated<DeliveryState>
  readonly attempts: Generated<number>
  readonly next_at: EpochMillis
  readonly answer: string | null
  readonly ended_at: EpochMillis | null
  /** JSON: the latest tries. */
  readonly tries: string | null
}

export interface MailboxTable {
  readonly id: Generated<number>
  readonly sent_at: EpochMillis
  /** JSON. */
  readonly content: string
}

export interface SigningKeyTable {
  /** Always 1. */
  readonly place: number
  readonly id: string
  /** PEM. */
  readonly private_key: string
  /** PEM. */
  readonly certificate: string
  readonly created_at: EpochMillis
}

export interface EventArchiveTable {
  /** Never given twice. */
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly bus: string
  readonly description: string | null
  readonly pattern: string | null
  readonly retention_days: number
  readonly created_at: EpochMillis
  readonly event_count: Generated<number>
  readonly bytes: Generated<number>
}

export interface ArchivedEventTable {
  readonly id: Generated<number>
  readonly archive_id: number
  /** The time that the event tells of. */
  readonly at: EpochMillis
  /** JSON. */
  readonly event: string
}

export interface EventReplayTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly archive: string
  readonly state: ReplayState
  /** The rest as JSON. */
  readonly content: string
}
