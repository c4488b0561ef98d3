import type { Kysely } from 'kysely'
import type { ArnTagReader, ArnTagWriter } from '../arn-tags.ts'
import type { Schema } from '../schema.ts'

export function arnTagReader(db: Kysely<Schema>): ArnTagReader {
  return {
    async of(arn) {
      const rows = await db
        .selectFrom('arn_tags')
        .select(['key', 'value'])
        .where('arn', '=', arn)
        .orderBy('key')
        .execute()
      return new Map(rows.map(({ key, value }) => [key, value]))
    },
  }
}

export function arnTagWriter(tx: Kysely<Schema>): ArnTagWriter {
  return {
    async put(arn, tags) {
      const rows = Array.from(tags, ([key, value]) => ({ arn, key, value }))
      if (rows.length === 0) return
      await tx
        .insertInto('arn_tags')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['arn', 'key']).doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
        )
        .execute()
    },

    async remove(arn, keys) {
      if (keys.length === 0) return
      await tx.deleteFrom('arn_tags').where('arn', '=', arn).where('key', 'in', keys).execute()
    },

    async clear(arn) {
      await tx.deleteFrom('arn_tags').where('arn', '=', arn).execute()
    },
  }
}
