import type { Event } from '../../core/events/event.ts'

/** An event on its way to the rules of a bus of its own account and region. */
export interface SentEvent {
  /** The bus's name: `default` for what services tell. */
  readonly bus: string
  readonly event: Event
}

/** An event that no rule has seen yet; `id` grows with time within a repository. */
export interface WaitingEvent extends SentEvent {
  readonly id: number
}

export interface EventReader {
  /** The first events that wait for the rules, in the order in which they happened. */
  waiting(limit: number): Promise<WaitingEvent[]>
}

export interface EventWriter {
  /**
   * Puts events before the rules: they are durable together with what they tell of, or neither is. One statement, however
   * many they are.
   */
  add(events: readonly SentEvent[]): Promise<void>
  /** Takes events out that the rules have seen. */
  remove(ids: readonly number[]): Promise<void>
}
