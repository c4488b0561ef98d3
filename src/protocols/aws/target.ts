import type { Offer } from './served-service.ts'
import type { Members } from './values.ts'

/** The operation that a request is for, and how to read its input. */
export interface Target extends Offer {
  /** @throws RefusalError malformed-input */
  readInput(body: Uint8Array): Members
}
