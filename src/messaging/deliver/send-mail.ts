import { type Mail, MailRefusedError } from '../../mail/mailer.ts'
import type { Messaging } from '../messaging.ts'
import { type Outcome, refused } from './outcome.ts'

/** Sends an e-mail; what the other side will never take is given up at once. */
export async function sendMail({ mailer }: Messaging, mail: Mail): Promise<Outcome> {
  try {
    return { kind: 'delivered', answer: await mailer.send(mail) }
  } catch (error) {
    if (error instanceof MailRefusedError) return refused(error.message)
    throw error
  }
}
