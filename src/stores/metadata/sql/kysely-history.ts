import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { Tag } from '../../../core/names/tag.ts'
import type { HistoryReader, HistoryWriter } from '../history.ts'
import type { Schema } from '../schema.ts'
import { deletedImageColumns, toChange, toChangeRow, toDeletedImage } from './history-rows.ts'
import { keepImage } from './keep-image.ts'
import { preparedQuery } from './prepared-query.ts'
import { expireHistory, trimHistory } from './trim-history.ts'

export function historyReader(db: Kysely<Schema>): HistoryReader {
  const changes = preparedQuery(db, (repositoryId: number, before: number, limit: number) =>
    selectChanges(db, repositoryId, before).limit(limit),
  )
  const changesOfTag = preparedQuery(db, (repositoryId: number, before: number, tag: Tag, limit: number) =>
    selectChanges(db, repositoryId, before).where('tag', '=', tag).limit(limit),
  )
  return {
    async changes(repositoryId, { tag, before = Number.MAX_SAFE_INTEGER, limit }) {
      const rows = await (tag === undefined
        ? changes(repositoryId, before, limit)
        : changesOfTag(repositoryId, before, tag, limit))
      return rows.map(toChange)
    },

    async deletedImage(repositoryId, digest) {
      const row = await selectDeleted(db, repositoryId).where('digest', '=', digest).executeTakeFirst()
      return row && toDeletedImage(row)
    },

    async deletedContent(repositoryId, digest) {
      const row = await db
        .selectFrom('deleted_images')
        .select('content')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .executeTakeFirst()
      return row?.content
    },

    async deletedImages(repositoryId, { after, limit }) {
      const query = selectDeleted(db, repositoryId)
        .where(sql<boolean>`not exists (
          select 1 from images
          where images.repository_id = deleted_images.repository_id and images.digest = deleted_images.digest
        )`)
        .orderBy('deleted_at', 'desc')
        .orderBy('digest')
        .limit(limit)
      const rows = await (after === undefined
        ? query
        : query.where(isAfter(after.at, after.digest))
      ).execute()
      return rows.map(toDeletedImage)
    },

    async referrersDeletedWith(repositoryId, subject, deletion) {
      const rows = await db
        .selectFrom('deleted_images')
        .select('digest')
        .where('repository_id', '=', repositoryId)
        .where('subject', '=', subject)
        .where('deletion', '=', deletion)
        .orderBy('digest')
        .execute()
      return rows.map(({ digest }) => digest)
    },
  }
}

export function historyWriter(tx: Kysely<Schema>): HistoryWriter {
  return {
    async record(repositoryId, changes) {
      if (changes.length === 0) return
      await tx
        .insertInto('tag_history')
        .values(changes.map((change) => toChangeRow(repositoryId, change)))
        .execute()
    },

    keep: (repositoryId, digest, deletion) => keepImage(tx, { repositoryId, digest }, deletion),

    async forget(repositoryId, digest) {
      await tx
        .deleteFrom('deleted_images')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .execute()
    },

    expire: (before, limit) => expireHistory(tx, before, limit),
    trim: (limits, limit) => trimHistory(tx, limits, limit),
  }
}

function selectChanges(db: Kysely<Schema>, repositoryId: number, before: number) {
  return db
    .selectFrom('tag_history')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('id', '<', before)
    .orderBy('id', 'desc')
}

function selectDeleted(db: Kysely<Schema>, repositoryId: number) {
  return db.selectFrom('deleted_images').select(deletedImageColumns).where('repository_id', '=', repositoryId)
}

function isAfter(at: Date, digest: Digest) {
  const time = at.getTime()
  return sql<boolean>`(deleted_at < ${time} or (deleted_at = ${time} and digest > ${digest}))`
}
