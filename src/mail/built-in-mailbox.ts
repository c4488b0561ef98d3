import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import type { Mailer } from './mailer.ts'

/** So many are kept; older ones go. */
const kept = 1_000

/** Keeps e-mails here, for whoever has no mail server at hand: `berth mail` shows them. */
export function builtInMailbox(options: {
  readonly metadata: MetadataStore
  readonly from: string
  readonly now: () => Date
}): Mailer {
  const { metadata, from, now } = options
  return {
    async send({ fromName, unsubscribeUrl: _, ...mail }) {
      await metadata.write(async (tx) => {
        await tx.mailbox.add({ at: now(), from: `${fromName} <${from}>`, ...mail })
        await tx.mailbox.trim(kept)
      })
      return 'Kept in the built-in mailbox'
    },
  }
}
