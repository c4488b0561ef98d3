import type { Kysely } from 'kysely'
import type { FigureReader } from '../figures.ts'
import type { Schema } from '../schema.ts'

export function figureReader(db: Kysely<Schema>): FigureReader {
  return {
    async openUploads() {
      const { count } = await db
        .selectFrom('uploads')
        .select((query) => query.fn.countAll().as('count'))
        .executeTakeFirstOrThrow()
      return Number(count)
    },

    async jobs() {
      const rows = await db
        .selectFrom('jobs')
        .select(({ fn }) => ['kind', fn.countAll().as('jobs'), fn.count('last_error').as('failing')])
        .groupBy('kind')
        .execute()
      return rows.map(({ kind, jobs, failing }) => ({ kind, jobs: Number(jobs), failing: Number(failing) }))
    },

    async sumBlobs(after, limit) {
      const page = db
        .selectFrom('blobs')
        .select(['digest', 'size'])
        .$if(after !== undefined, (query) => query.where('digest', '>', after ?? ('' as never)))
        .orderBy('digest')
        .limit(limit)
        .as('page')
      const row = await db
        .selectFrom(page)
        .select(({ fn }) => [
          fn.countAll().as('blobs'),
          fn.sum<number | null>('size').as('bytes'),
          fn.max('digest').as('last'),
        ])
        .executeTakeFirstOrThrow()
      return { blobs: Number(row.blobs), bytes: Number(row.bytes ?? 0), last: row.last ?? undefined }
    },
  }
}
