/** Something a request wants to change, in IAM's words. */
export interface Change {
  /** IAM's name for it, such as `ecr:PutImage`. */
  readonly action: string
  /** The ARN of what is changed. */
  readonly resource: string
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
  /** What the request asked to change and with which parameters; it may have been refused. */
  changes: readonly Change[] = []
  parameters: unknown
  /** What the answer says was done. */
  result: unknown
}
