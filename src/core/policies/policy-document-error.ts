import { DomainError } from '../errors.ts'

/** A text that is no policy. The message is IAM's; other services say it in their own way. */
export class PolicyDocumentError extends DomainError {
  override readonly name = 'PolicyDocumentError'
}
