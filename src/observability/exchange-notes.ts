import type { AccountId } from '../core/names/account-id.ts'
import type { DecidingStatement } from '../core/policies/decide.ts'

/** Something a request wants to do, in IAM's words. */
export interface Asked {
  /** IAM's name for it, such as `ecr:PutImage`. */
  readonly action: string
  /** The ARN of what it is done to. */
  readonly resource: string
  /** The account that owns it. */
  readonly owner: AccountId
  /** It changes something that others can see. */
  readonly isChange: boolean
  /** What was decided about it; absent where nobody was asked. */
  decision?: 'allowed' | 'denied'
  /** The statement that decided; `root` where none is needed; absent where none allows it. */
  by?: DecidingStatement | 'root' | undefined
}

/**
 * What a door learns about a request while it answers it, for the log, the audit and the metrics: it notes each as soon as it
 * knows. Nothing in here may be a secret.
 */
export class ExchangeNotes {
  /** What the request is for, as one of few values: `/v2/{name}/manifests/{reference}`, `ecr:PutImage`. Never the path itself. */
  route: string | undefined
  /** The ARN of who is calling, once that is proved. */
  caller: string | undefined
  /** The code under which the request was refused. */
  refusal: string | undefined
  /** What the request asked for; it may have been refused. */
  readonly asked: Asked[] = []
  /** The credentials were no good. */
  isRejected = false
  /** What it was to be changed to. */
  parameters: unknown
  /** What the answer says was done. */
  result: unknown

  /** Whether the request is to change something. */
  get isChange(): boolean {
    return this.asked.some(({ isChange }) => isChange)
  }
}
