import type { Kysely, Selectable } from 'kysely'
import type { AccessKeyReader, AccessKeyWriter, StoredAccessKey } from '../access-keys.ts'
import type { AccessKeyTable } from '../schema/access.ts'
import type { Schema } from '../schema.ts'
import { preparedQuery } from './prepared-query.ts'

export function accessKeyReader(db: Kysely<Schema>): AccessKeyReader {
  const find = preparedQuery(db, (id: string) =>
    db.selectFrom('access_keys').selectAll().where('id', '=', id),
  )
  return {
    async find(id) {
      const [row] = await find(id)
      return row && toKey(row)
    },

    async ofAccount(account) {
      const rows = await db
        .selectFrom('access_keys')
        .selectAll()
        .where('account_id', '=', account)
        .orderBy('id')
        .execute()
      return rows.map(toKey)
    },
  }
}

export function accessKeyWriter(tx: Kysely<Schema>): AccessKeyWriter {
  return {
    async add({ id, account, encryptedSecret, createdAt }) {
      await tx
        .insertInto('access_keys')
        .values({
          id,
          account_id: account,
          encrypted_secret: encryptedSecret,
          created_at: createdAt.getTime(),
        })
        .execute()
    },

    async delete(id) {
      const { numDeletedRows } = await tx
        .deleteFrom('access_keys')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },
  }
}

function toKey(row: Selectable<AccessKeyTable>): StoredAccessKey {
  return {
    id: row.id,
    account: row.account_id,
    encryptedSecret: row.encrypted_secret,
    createdAt: new Date(row.created_at),
  }
}
