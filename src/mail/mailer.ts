/** An e-mail to one receiver. Its texts may come from anybody: whoever sends it keeps them from becoming headers. */
export interface Mail {
  /** What stands before the sender's address. */
  readonly fromName: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  /** Of a question whether one wants a topic's messages: where one says so. */
  readonly confirmUrl?: string | undefined
  /** Where one can leave the list this went to; it takes a POST (RFC 8058). */
  readonly unsubscribeUrl?: string | undefined
}

/** The receiver's server won't ever take it; anything else that goes wrong may go right later. */
export class MailRefusedError extends Error {
  override readonly name = 'MailRefusedError'
}

/** Sends e-mail, or keeps it where it can be read. */
export interface Mailer {
  /**
   * Resolves to what the other side said.
   *
   * @throws MailRefusedError when trying again would be of no use
   */
  send(mail: Mail): Promise<string>
}
