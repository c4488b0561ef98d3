import type { Kysely } from 'kysely'
import type { Account } from '../../../core/accounts/account.ts'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { AccountReader, AccountWriter } from '../accounts.ts'
import type { Schema } from '../schema.ts'

export function accountReader(db: Kysely<Schema>): AccountReader {
  return {
    async find(id) {
      const row = await accounts(db).where('accounts.id', '=', id).executeTakeFirst()
      return row && toAccount(row)
    },

    async list({ after, limit }) {
      const query = accounts(db).orderBy('accounts.id').limit(limit)
      const rows = await (after === undefined ? query : query.where('accounts.id', '>', after)).execute()
      return rows.map(toAccount)
    },

    async aliasOf(id) {
      const row = await db
        .selectFrom('account_aliases')
        .select('alias')
        .where('account_id', '=', id)
        .executeTakeFirst()
      return row?.alias
    },
  }
}

export function accountWriter(tx: Kysely<Schema>): AccountWriter {
  return {
    async add({ id, alias, createdAt }) {
      if (alias !== undefined && (await isTaken(tx, id, alias))) return false
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('accounts')
        .values({ id, created_at: createdAt.getTime() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 0n) return false
      if (alias !== undefined) await putAlias(tx, id, alias)
      return true
    },

    async setAlias(id, alias) {
      if (await isTaken(tx, id, alias)) return false
      await putAlias(tx, id, alias)
      return true
    },

    async removeAlias(id) {
      await tx.deleteFrom('account_aliases').where('account_id', '=', id).execute()
    },
  }
}

function accounts(db: Kysely<Schema>) {
  return db
    .selectFrom('accounts')
    .leftJoin('account_aliases', 'account_aliases.account_id', 'accounts.id')
    .select(['accounts.id', 'accounts.created_at', 'account_aliases.alias'])
}

async function isTaken(tx: Kysely<Schema>, id: AccountId, alias: string): Promise<boolean> {
  const row = await tx
    .selectFrom('account_aliases')
    .select('account_id')
    .where('alias', '=', alias)
    .executeTakeFirst()
  return row !== undefined && row.account_id !== id
}

async function putAlias(tx: Kysely<Schema>, id: AccountId, alias: string): Promise<void> {
  await tx
    .insertInto('account_aliases')
    .values({ account_id: id, alias })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ alias }))
    .execute()
}

function toAccount(row: {
  readonly id: AccountId
  readonly alias: string | null
  readonly created_at: number
}): Account {
  return { id: row.id, alias: row.alias ?? undefined, createdAt: new Date(row.created_at) }
}
