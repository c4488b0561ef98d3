import type { Kysely } from 'kysely'
import type { LifecycleReader, LifecycleWriter } from '../lifecycle.ts'
import type { Schema } from '../schema.ts'
import { lifecycleImages } from './lifecycle-images.ts'
import { toChunk, toChunkRow, toPolicy, toPreview } from './lifecycle-rows.ts'
import { preparedQuery } from './prepared-query.ts'

export function lifecycleReader(db: Kysely<Schema>): LifecycleReader {
  const hasPolicy = preparedQuery(db, (repositoryId: number) =>
    db.selectFrom('lifecycle_policies').select('id').where('repository_id', '=', repositoryId),
  )
  return {
    async policy(repositoryId) {
      const row = await db
        .selectFrom('lifecycle_policies')
        .selectAll()
        .where('repository_id', '=', repositoryId)
        .executeTakeFirst()
      return row && toPolicy(row)
    },

    hasPolicy: async (repositoryId) => (await hasPolicy(repositoryId)).length > 0,

    images: lifecycleImages(db),

    async preview(repositoryId) {
      const row = await db
        .selectFrom('lifecycle_previews')
        .selectAll()
        .where('repository_id', '=', repositoryId)
        .executeTakeFirst()
      return row && toPreview(row)
    },

    async previewChunk(repositoryId, run, before = Number.MAX_SAFE_INTEGER) {
      const row = await chunksOf(db, repositoryId, run)
        .where('place', '<', before)
        .orderBy('place', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && toChunk(row)
    },

    async previewChunksAt(repositoryId, run, pushedAt) {
      const rows = await chunksOf(db, repositoryId, run)
        .where('newest_at', '>=', pushedAt.getTime())
        .where('oldest_at', '<=', pushedAt.getTime())
        .orderBy('place')
        .execute()
      return rows.map(toChunk)
    },
  }
}

function chunksOf(db: Kysely<Schema>, repositoryId: number, run: number) {
  return db
    .selectFrom('lifecycle_preview_chunks')
    .select(['place', 'results'])
    .where('repository_id', '=', repositoryId)
    .where('run', '=', run)
}

export function lifecycleWriter(tx: Kysely<Schema>): LifecycleWriter {
  return {
    async putPolicy(repositoryId, { id, text, language, putAt }) {
      const columns = { id, text, language, put_at: putAt.getTime(), last_evaluated_at: null }
      await tx
        .insertInto('lifecycle_policies')
        .values({ repository_id: repositoryId, ...columns })
        .onConflict((conflict) => conflict.column('repository_id').doUpdateSet(columns))
        .execute()
    },

    async deletePolicy(repositoryId) {
      await tx.deleteFrom('lifecycle_policies').where('repository_id', '=', repositoryId).execute()
    },

    async setEvaluated(repositoryId, policyId, at) {
      await tx
        .updateTable('lifecycle_policies')
        .set({ last_evaluated_at: at.getTime() })
        .where('repository_id', '=', repositoryId)
        .where('id', '=', policyId)
        .execute()
    },

    async startPreview(repositoryId, { text, language, startedAt }) {
      const status = 'IN_PROGRESS' as const
      const columns = { text, language, status, started_at: startedAt.getTime(), expiring: 0, archiving: 0 }
      await tx
        .insertInto('lifecycle_previews')
        .values({ repository_id: repositoryId, run: 1, ...columns })
        .onConflict((conflict) =>
          conflict
            .column('repository_id')
            .doUpdateSet((eb) => ({ ...columns, run: eb('lifecycle_previews.run', '+', 1) })),
        )
        .execute()
    },

    async beginPreviewRun(repositoryId) {
      const row = await tx
        .updateTable('lifecycle_previews')
        .set((eb) => ({ run: eb('run', '+', 1) }))
        .where('repository_id', '=', repositoryId)
        .where('status', '=', 'IN_PROGRESS')
        .returning('run')
        .executeTakeFirst()
      return row?.run
    },

    async addPreviewChunk(repositoryId, run, chunk) {
      await tx
        .insertInto('lifecycle_preview_chunks')
        .values(toChunkRow(repositoryId, run, chunk))
        .execute()
    },

    async endPreviewRun(repositoryId, run, end) {
      await tx
        .updateTable('lifecycle_previews')
        .set(end)
        .where('repository_id', '=', repositoryId)
        .where('run', '=', run)
        .execute()
    },

    async removePreviewChunks(repositoryId, before, limit) {
      const old = await tx
        .selectFrom('lifecycle_preview_chunks')
        .select(['run', 'place'])
        .where('repository_id', '=', repositoryId)
        .where('run', '<', before)
        .limit(limit)
        .execute()
      for (const { run, place } of old) {
        await tx
          .deleteFrom('lifecycle_preview_chunks')
          .where('repository_id', '=', repositoryId)
          .where('run', '=', run)
          .where('place', '=', place)
          .execute()
      }
      return old.length
    },
  }
}
