import type { AccountId } from '../names/account-id.ts'
import type { Region } from '../names/region.ts'
import type { RegistryKey } from '../names/registry-key.ts'
import type { ExtraEvent } from './extra-events.ts'

/** Whatever a JSON object may hold. */
export type EventDetail = Readonly<Record<string, unknown>>

/** Something that happened in a registry, before it has its id and time. */
export interface Occurrence {
  readonly registry: RegistryKey
  readonly source: string
  readonly detailType: string
  /** ARNs. */
  readonly resources: readonly string[]
  readonly detail: EventDetail
  /** What it belongs to, where it is told only to those who have asked for that. */
  readonly extra?: ExtraEvent
}

/** An event exactly as EventBridge hands it to targets. @see Amazon EventBridge user guide, "Event structure" */
export interface Event {
  readonly version: '0'
  /** A UUID. */
  readonly id: string
  readonly 'detail-type': string
  readonly source: string
  readonly account: AccountId
  /** ISO 8601 in UTC, to the second. */
  readonly time: string
  readonly region: Region
  readonly resources: readonly string[]
  readonly detail: EventDetail
  /** Of an event that is told again: by which replay. */
  readonly 'replay-name'?: string | undefined
}

/** The event that tells of an occurrence. */
export function eventOf(
  { registry, source, detailType, resources, detail }: Occurrence,
  { id, at }: { readonly id: string; readonly at: Date },
): Event {
  return {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    account: registry.account,
    time: eventTime(at),
    region: registry.region,
    resources,
    detail,
  }
}

/** A time as events write it: `2019-11-16T01:54:34Z`. */
export function eventTime(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z')
}
