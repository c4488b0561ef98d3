import type { Offer } from './served-service.ts'
import type { Members } from './values.ts'

/** The operation that a request is for, and how to read its input. */
export interface Target extends Offer {
  /** The body's bytes as received; to be asked for once. @throws RefusalError body-too-large, body-cut-short, this also when `stop` aborts */
  readBody(stop: AbortSignal): Promise<Uint8Array>
  /** @throws RefusalError malformed-input */
  readInput(body: Uint8Array): Members
}
