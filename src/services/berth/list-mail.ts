import { readPage } from '../page.ts'
import type { BerthAction } from './berth-action.ts'
import { idPosition } from './id-position.ts'
import { mailShape } from './mail-shape.ts'
import { onServer } from './permissions.ts'

const defaultPageSize = 20

/** E-mails of the built-in mailbox, latest first. */
export const listMail: BerthAction<'ListMail'> = {
  operation: 'ListMail',
  permissions: onServer('berth:ListMail'),
  async run({ maxResults }, call, { registry }) {
    const before = idPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: maxResults ?? defaultPageSize,
      read: (limit) => registry.metadata.mailbox.list({ before, limit }),
      positionOf: ({ id }) => id,
    })
    return { mails: rows.map(mailShape), nextToken }
  },
}
