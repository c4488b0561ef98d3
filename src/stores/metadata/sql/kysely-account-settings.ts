import type { Kysely } from 'kysely'
import type { AccountSettingReader, AccountSettingWriter } from '../account-settings.ts'
import type { Schema } from '../schema.ts'

export function accountSettingReader(db: Kysely<Schema>): AccountSettingReader {
  return {
    async of({ account, region }) {
      const rows = await db
        .selectFrom('account_settings')
        .select(['name', 'value'])
        .where('account_id', '=', account)
        .where('region', '=', region)
        .execute()
      return new Map(rows.map(({ name, value }) => [name, value]))
    },
  }
}

export function accountSettingWriter(tx: Kysely<Schema>): AccountSettingWriter {
  return {
    async put({ account, region }, name, value) {
      await tx
        .insertInto('account_settings')
        .values({ account_id: account, region, name, value })
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'name']).doUpdateSet({ value }))
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('account_settings').execute()
    },
  }
}
