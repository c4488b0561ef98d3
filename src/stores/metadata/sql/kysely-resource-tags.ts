import type { Kysely } from 'kysely'
import type { ResourceTagReader, ResourceTagWriter } from '../resource-tags.ts'
import type { Schema } from '../schema.ts'

export function resourceTagReader(db: Kysely<Schema>): ResourceTagReader {
  return {
    async of(repositoryId) {
      const rows = await db
        .selectFrom('resource_tags')
        .select(['key', 'value'])
        .where('repository_id', '=', repositoryId)
        .orderBy('key')
        .execute()
      return new Map(rows.map(({ key, value }) => [key, value]))
    },
  }
}

export function resourceTagWriter(tx: Kysely<Schema>): ResourceTagWriter {
  return {
    async put(repositoryId, tags) {
      const rows = Array.from(tags, ([key, value]) => ({ repository_id: repositoryId, key, value }))
      if (rows.length === 0) return
      await tx
        .insertInto('resource_tags')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['repository_id', 'key'])
            .doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
        )
        .execute()
    },

    async remove(repositoryId, keys) {
      if (keys.length === 0) return
      await tx
        .deleteFrom('resource_tags')
        .where('repository_id', '=', repositoryId)
        .where('key', 'in', keys)
        .execute()
    },
  }
}
