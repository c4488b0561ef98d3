import { DomainError } from '../errors.ts'

/** A pattern that EventBridge wouldn't take; `reason` is what stands in its message. */
export class InvalidEventPatternError extends DomainError {
  override readonly name = 'InvalidEventPatternError'
  readonly reason: string
  constructor(reason: string) {
    super(`Event pattern is not valid. Reason: ${reason}`)
    this.reason = reason
  }
}
