import type { ExchangeNotes } from './exchange-notes.ts'

/** A request that has been answered, or whose client went away, and all there is to report about it. */
export interface FinishedExchange {
  readonly requestId: string
  readonly method: string
  /** As it came, without the query: that may hold a signature, a ticket or a security token. */
  readonly path: string
  readonly status: number
  /** The client has its whole answer, as far as this side can tell. */
  readonly complete: boolean
  /** Of the request's body, as far as it was read. */
  readonly bytesIn: number
  /** Of the answer, its headers included. */
  readonly bytesOut: number
  /** From the request's headers to the answer's last byte, in ms. */
  readonly durationMs: number
  /** The client's, behind the proxies that are trusted. */
  readonly remoteAddress: string
  readonly userAgent: string | undefined
  readonly notes: ExchangeNotes
}

/** Is told of every request when it is over. It must be quick and must not throw. */
export type ExchangeObserver = (exchange: FinishedExchange) => void

/** Tells several observers, in this order. */
export function tellAll(observers: readonly ExchangeObserver[]): ExchangeObserver {
  return (exchange) => {
    for (const observer of observers) observer(exchange)
  }
}
