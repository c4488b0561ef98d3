import type { Members } from './values.ts'

/** What a protocol calls an error, and its HTTP status. */
export interface FaultName {
  readonly code: string
  readonly status: number
  /** Where the protocol has its own text for it. */
  readonly message?: string
}

/** An error as a client is about to see it. */
export interface Fault extends FaultName {
  readonly message: string
  /** What Query clients know a modelled error by. */
  readonly queryCode?: string
  /** Modelled members beside the message, in JSON form. */
  readonly members?: Members
}
