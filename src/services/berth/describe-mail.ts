import { DomainError } from '../../core/errors.ts'
import type { BerthAction } from './berth-action.ts'
import { mailShape } from './mail-shape.ts'
import { onServer } from './permissions.ts'

class MailNotFoundError extends DomainError {
  override readonly name = 'MailNotFoundError'
  constructor(id: number) {
    super(`The mailbox has no e-mail ${id}`)
  }
}

/** An e-mail of the built-in mailbox. */
export const describeMail: BerthAction<'DescribeMail'> = {
  operation: 'DescribeMail',
  permissions: onServer('berth:DescribeMail'),
  async run({ mailId }, _call, { registry }) {
    const mail = await registry.metadata.mailbox.find(mailId)
    if (mail === undefined) throw new MailNotFoundError(mailId)
    return { mail: mailShape(mail) }
  },
}
