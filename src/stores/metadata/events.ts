import type { Event } from '../../core/events/event.ts'
import type { BusKey } from '../../core/events/rule.ts'

/** An event on its way to the rules of a bus. */
export interface SentEvent {
  readonly bus: BusKey
  readonly event: Event
  /** How many buses it was on before; none unless told. */
  readonly hops?: number | undefined
  /** Of an event that is told again: ARNs of the rules that alone are told; all of them unless told. */
  readonly onlyRules?: readonly string[] | undefined
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
   * Puts events before the rules: they are durable together with what they tell of, or neither is. Those of a bus without an enabled
   * rule and without an archive are passed over, since nobody could ever get them. One statement or two, however many there are.
   */
  add(events: readonly SentEvent[]): Promise<void>
  /** Takes events out that the rules have seen. */
  remove(ids: readonly number[]): Promise<void>
  /** Deletes all events and whatever follows from them, of every account and region: rules, topics, deliveries. Development mode's reset. */
  deleteAll(): Promise<void>
}
