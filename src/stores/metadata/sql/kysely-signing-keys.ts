import type { Kysely, Selectable } from 'kysely'
import type { SigningKeyTable } from '../schema/events.ts'
import type { Schema } from '../schema.ts'
import type { SigningKey, SigningKeyReader, SigningKeyWriter } from '../signing-keys.ts'

/** There is one key; the column keeps it so. */
const only = 1

export function signingKeyReader(db: Kysely<Schema>): SigningKeyReader {
  return {
    async latest() {
      const row = await db.selectFrom('signing_keys').selectAll().executeTakeFirst()
      return row && toKey(row)
    },

    async find(id) {
      const row = await db.selectFrom('signing_keys').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toKey(row)
    },
  }
}

export function signingKeyWriter(tx: Kysely<Schema>): SigningKeyWriter {
  return {
    async addFirst({ id, privateKey, certificate, createdAt }) {
      await tx
        .insertInto('signing_keys')
        .values({ place: only, id, private_key: privateKey, certificate, created_at: createdAt.getTime() })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
  }
}

function toKey(row: Selectable<SigningKeyTable>): SigningKey {
  return {
    id: row.id,
    privateKey: row.private_key,
    certificate: row.certificate,
    createdAt: new Date(row.created_at),
  }
}
