import type { Kysely } from 'kysely'
import type { IamKeyReader, IamKeyWriter } from '../iam.ts'
import type { Schema } from '../schema.ts'
import { toCredential, toCredentialRow } from './iam-rows.ts'
import { isUsedBefore } from './is-used-before.ts'
import { preparedQuery } from './prepared-query.ts'

export function iamKeyReader(db: Kysely<Schema>): IamKeyReader {
  const credential = preparedQuery(db, (id: string) =>
    db.selectFrom('iam_keys').selectAll().where('id', '=', id),
  )
  return {
    async credential(id) {
      const [row] = await credential(id)
      return row && toCredential(row)
    },

    async keysOf(userId) {
      const rows = await db
        .selectFrom('iam_keys')
        .selectAll()
        .where('entity_id', '=', userId)
        .where('session', 'is', null)
        .orderBy('id')
        .execute()
      return rows.map(toCredential)
    },
  }
}

export function iamKeyWriter(tx: Kysely<Schema>): IamKeyWriter {
  return {
    async addCredential(credential) {
      await tx.insertInto('iam_keys').values(toCredentialRow(credential)).execute()
    },

    async recordKeyUse(id, { at, service, region }) {
      await tx
        .updateTable('iam_keys')
        .set({ last_used_at: at.getTime(), last_used_service: service, last_used_region: region })
        .where('id', '=', id)
        .where(isUsedBefore(at))
        .execute()
    },

    async setKeyStatus(id, status) {
      await tx.updateTable('iam_keys').set({ status }).where('id', '=', id).execute()
    },

    async deleteCredential(id) {
      const { numDeletedRows } = await tx
        .deleteFrom('iam_keys')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },

    async deleteEnded(before) {
      await tx.deleteFrom('iam_keys').where('expires_at', '<', before.getTime()).execute()
    },
  }
}
