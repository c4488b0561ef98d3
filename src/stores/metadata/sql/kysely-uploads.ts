import type { Kysely, Selectable } from 'kysely'
import type { Upload } from '../../../core/images/upload.ts'
import type { UploadTable } from '../schema/images.ts'
import type { Schema } from '../schema.ts'
import type { UploadReader, UploadWriter } from '../uploads.ts'
import { preparedQuery } from './prepared-query.ts'

export function uploadReader(db: Kysely<Schema>): UploadReader {
  const find = preparedQuery(db, (id: string, repositoryId: number) =>
    db.selectFrom('uploads').selectAll().where('id', '=', id).where('repository_id', '=', repositoryId),
  )
  const count = preparedQuery(db, (startedBy: string) =>
    db
      .selectFrom('uploads')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('started_by', '=', startedBy),
  )
  return {
    async find(repositoryId, id) {
      const [row] = await find(id, repositoryId)
      return row && toUpload(row)
    },

    async countOf(startedBy) {
      const [row] = await count(startedBy)
      return Number(row?.count ?? 0)
    },
  }
}

export function uploadWriter(tx: Kysely<Schema>): UploadWriter {
  return {
    async add(upload) {
      await tx
        .insertInto('uploads')
        .values({
          id: upload.id,
          repository_id: upload.repositoryId,
          started_at: upload.startedAt.getTime(),
          started_by: upload.startedBy ?? null,
          ...toPartColumns(upload),
        })
        .execute()
    },

    async setParts(upload) {
      await tx.updateTable('uploads').set(toPartColumns(upload)).where('id', '=', upload.id).execute()
    },

    async delete(id) {
      await tx.deleteFrom('uploads').where('id', '=', id).execute()
    },
  }
}

function toPartColumns({ parts, shortestInnerPart, lastPart }: Upload) {
  return { parts, shortest_inner_part: shortestInnerPart ?? null, last_part: lastPart ?? null }
}

/** An upload from its row. */
export function toUpload(row: Selectable<UploadTable>): Upload {
  return {
    id: row.id,
    repositoryId: row.repository_id,
    startedAt: new Date(row.started_at),
    ...(row.started_by !== null && { startedBy: row.started_by }),
    parts: row.parts,
    ...(row.shortest_inner_part !== null && { shortestInnerPart: row.shortest_inner_part }),
    ...(row.last_part !== null && { lastPart: row.last_part }),
  }
}
