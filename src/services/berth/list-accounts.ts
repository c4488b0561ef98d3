import { parseAccountId } from '../../core/names/account-id.ts'
import { readPage } from '../page.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

const pageSize = 100

/** The accounts beside the server's own, by id. */
export const listAccounts: BerthAction<'ListAccounts'> = {
  operation: 'ListAccounts',
  permissions: onServer('berth:ListAccounts'),
  async run(_input, call, { registry: { metadata } }) {
    const { position } = call.pages
    const after = position === undefined ? undefined : parseAccountId(String(position))
    const { rows, nextToken } = await readPage(call, {
      size: pageSize,
      read: (limit) => metadata.accounts.list({ after, limit }),
      positionOf: ({ id }) => id,
    })
    const accounts = rows.map(async ({ id, alias, createdAt }) => {
      const keys = await metadata.accessKeys.ofAccount(id)
      return { accountId: id, alias, createdAt, accessKeyIds: keys.map((key) => key.id) }
    })
    return { accounts: await Promise.all(accounts), nextToken }
  },
}
