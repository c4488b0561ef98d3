/** An e-mail that stays here because no server is told to take it. */
export interface KeptMail {
  readonly id: number
  readonly at: Date
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string | undefined
  readonly confirmUrl?: string | undefined
}

export interface MailboxReader {
  find(id: number): Promise<KeptMail | undefined>
  /** Latest first. */
  list(page: { readonly before?: number | undefined; readonly limit: number }): Promise<KeptMail[]>
}

export interface MailboxWriter {
  add(mail: Omit<KeptMail, 'id'>): Promise<void>
  /** Forgets all but the latest `keep`. */
  trim(keep: number): Promise<void>
}
