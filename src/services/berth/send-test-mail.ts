import { DomainError, InvalidParameterError } from '../../core/errors.ts'
import { isEmailAddress } from '../../core/topics/email-address.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

/** The mail server can't be reached, or doesn't take the e-mail; the message is the server's. */
class MailFailedError extends DomainError {
  override readonly name = 'MailFailedError'
}

/** Tries whether e-mails get out. */
export const sendTestMail: BerthAction<'SendTestMail'> = {
  operation: 'SendTestMail',
  permissions: onServer('berth:SendTestMail'),
  async run({ to }, { endpoint }, { messaging }) {
    if (!isEmailAddress(to)) throw new InvalidParameterError('to', 'must be an e-mail address')
    try {
      const answer = await messaging.mailer.send({
        fromName: 'Berth',
        to,
        subject: 'Berth can send e-mail',
        text: `This e-mail was sent by the Berth at ${endpoint} to try its mail settings.\n`,
      })
      return { answer }
    } catch (error) {
      throw new MailFailedError(error instanceof Error ? error.message : 'It failed', { cause: error })
    }
  },
}
