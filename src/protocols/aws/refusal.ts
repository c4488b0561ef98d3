/** Why the front end turns a request away before any action sees it. Each protocol has its own name for each. */
export type RefusalReason =
  | 'missing-authentication'
  | 'incomplete-signature'
  | 'signature-mismatch'
  | 'unknown-key'
  | 'expired-session'
  | 'unknown-operation'
  | 'unknown-path'
  | 'missing-action'
  | 'malformed-input'
  | 'invalid-input'
  | 'access-denied'
  | 'body-too-large'
  | 'body-cut-short'
  | 'rate-exceeded'

/** A request that the front end itself refuses; the message is what the client reads. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError'
  readonly reason: RefusalReason
  constructor(reason: RefusalReason, message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}
