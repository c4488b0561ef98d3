import type { LogEvent, LogPosition, StoredLogEvent } from '../../core/log-events/log-event.ts'
import type { LogGroup, LogGroupKey } from '../../core/log-events/log-group.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { NamePage } from './rules.ts'

/** A stream of events of one group. */
export interface LogStream {
  readonly id: number
  readonly groupId: number
  readonly name: string
  readonly createdAt: Date
  /** Of the events that came, whether or not they are still there; undefined before the first. */
  readonly events?: { readonly first: number; readonly last: number; readonly ingestedAt: number } | undefined
}

/** Streams in the order of their names, or of their latest events. */
export type StreamOrder = 'name' | 'latest-event'

export interface StreamPage {
  readonly order: StreamOrder
  readonly descending: boolean
  readonly prefix?: string | undefined
  /** The last stream of the page before; its latest event's time is 0 if it has none. */
  readonly after?: { readonly latest: number; readonly name: string } | undefined
  readonly limit: number
}

/** Events of a stretch of time: `from` is in it, `to` is not. */
export interface LogEventPage {
  readonly from?: number | undefined
  readonly to?: number | undefined
  /** Only those behind a position, or in front of it. */
  readonly after?: LogPosition | undefined
  readonly before?: LogPosition | undefined
  /** From the first on, or from the last back. */
  readonly order: 'forward' | 'backward'
  readonly limit: number
}

/** Where events are read: one stream, or all of a group. */
export type LogScope = { readonly stream: LogStream } | { readonly group: LogGroup }

export interface LogReader {
  group(key: LogGroupKey): Promise<LogGroup | undefined>
  /** @param contains only those with this in their names */
  groups(
    registry: RegistryKey,
    page: NamePage & { readonly contains?: string | undefined },
  ): Promise<LogGroup[]>
  /** Bytes that the events of groups have, by the group's id. */
  storedBytes(groupIds: readonly number[]): Promise<ReadonlyMap<number, number>>
  stream(group: LogGroup, name: string): Promise<LogStream | undefined>
  streams(group: LogGroup, page: StreamPage): Promise<LogStream[]>
  events(scope: LogScope, page: LogEventPage): Promise<StoredLogEvent[]>
}

export interface LogWriter {
  /** Resolves to false, and does nothing, if there is one of this name. */
  addGroup(group: Omit<LogGroup, 'id'>): Promise<boolean>
  /** @param days undefined keeps events for ever */
  setRetention(group: LogGroup, days: number | undefined): Promise<void>
  /** Deletes a group with its streams; its events, which nobody finds any more, go with `forget`. */
  deleteGroup(group: LogGroup): Promise<void>
  /** Resolves to false, and does nothing, if there is one of this name. */
  addStream(group: LogGroup, stream: Pick<LogStream, 'name' | 'createdAt'>): Promise<boolean>
  /** Deletes a stream; its events, which nobody finds any more, go with `forget`. */
  deleteStream(stream: LogStream): Promise<void>
  /** Adds events to a stream, or nothing if the stream has gone, which it resolves to false for. */
  append(
    stream: LogStream,
    batch: { readonly events: readonly LogEvent[]; readonly bytes: number; readonly at: Date },
  ): Promise<boolean>
  /**
   * Deletes at most so many events that are older than their groups keep them, or that were of what is deleted; resolves to how many it
   * found.
   */
  forget(now: Date, limit: number): Promise<number>
}
