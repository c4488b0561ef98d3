import type { Kysely } from 'kysely'
import type { EcsAccountSettingReader, EcsAccountSettingWriter } from '../ecs-account-settings.ts'
import type { Schema } from '../schema.ts'

export function ecsAccountSettingReader(db: Kysely<Schema>): EcsAccountSettingReader {
  return {
    async of({ account, region }, principal) {
      const rows = await db
        .selectFrom('ecs_account_settings')
        .select(['name', 'value'])
        .where((where) => where.and({ account_id: account, region, principal }))
        .orderBy('name')
        .execute()
      return new Map(rows.map(({ name, value }) => [name, value]))
    },
  }
}

export function ecsAccountSettingWriter(tx: Kysely<Schema>): EcsAccountSettingWriter {
  return {
    async put({ account, region }, principal, { name, value }) {
      await tx
        .insertInto('ecs_account_settings')
        .values({ account_id: account, region, principal, name, value })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'region', 'principal', 'name']).doUpdateSet({ value }),
        )
        .execute()
    },

    async delete({ account, region }, principal, name) {
      await tx
        .deleteFrom('ecs_account_settings')
        .where((where) => where.and({ account_id: account, region, principal, name }))
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('ecs_account_settings').execute()
    },
  }
}
