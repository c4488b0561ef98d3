import type { Kysely, Selectable } from 'kysely'
import type { Account } from '../../../core/accounts/account.ts'
import type { AccountReader, AccountWriter } from '../accounts.ts'
import type { AccountTable, Schema } from '../schema.ts'

export function accountReader(db: Kysely<Schema>): AccountReader {
  return {
    async find(id) {
      const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toAccount(row)
    },

    async list({ after, limit }) {
      const query = db.selectFrom('accounts').selectAll().orderBy('id').limit(limit)
      const rows = await (after === undefined ? query : query.where('id', '>', after)).execute()
      return rows.map(toAccount)
    },
  }
}

export function accountWriter(tx: Kysely<Schema>): AccountWriter {
  return {
    async add({ id, alias, createdAt }) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('accounts')
        .values({ id, alias: alias ?? null, created_at: createdAt.getTime() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows > 0n
    },
  }
}

function toAccount({ id, alias, created_at }: Selectable<AccountTable>): Account {
  return { id, alias: alias ?? undefined, createdAt: new Date(created_at) }
}
