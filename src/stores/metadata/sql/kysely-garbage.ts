import { type Kysely, sql } from 'kysely'
import type { Blob } from '../../../core/images/blob.ts'
import type { Digest } from '../../../core/names/digest.ts'
import type { GarbageReader, GarbageWriter } from '../garbage.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { toUpload } from './kysely-uploads.ts'
import { isUnneeded } from './needed-blobs.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { unneededBlobs, unneededLinks } from './walk-garbage.ts'

export function garbageReader(db: Kysely<Schema>, dialect: SqlDialect): GarbageReader {
  const { textsOfJson } = dialect
  return {
    unneededLinks: (before, stretch) => unneededLinks(db, before, stretch),
    unneededBlobs: (before, options, stretch) => unneededBlobs(db, before, options, stretch),

    async unknownBlobs(digests) {
      const { rows } = await sql<{ readonly digest: Digest }>`
        select asked.value as digest from ${textsOfJson}(${digestList(digests)}) as asked
        where not exists (select 1 from blobs where blobs.digest = asked.value)
      `.execute(db)
      return rows.map(({ digest }) => digest)
    },

    async unknownUploads(ids) {
      const { rows } = await sql<{ readonly id: string }>`
        select asked.value as id from ${textsOfJson}(${JSON.stringify(ids)}) as asked
        where not exists (select 1 from uploads where uploads.id = asked.value)
      `.execute(db)
      return rows.map(({ id }) => id)
    },

    async uploadsBefore(before, { after, limit }) {
      const query = db
        .selectFrom('uploads')
        .selectAll()
        .where('started_at', '<', before.getTime())
        .orderBy('started_at')
        .orderBy('id')
        .limit(limit)
      const rows = await (after === undefined
        ? query
        : query.where(sql<boolean>`(started_at, id) > (${after.startedAt.getTime()}, ${after.id})`)
      ).execute()
      return rows.map(toUpload)
    },
  }
}

export function garbageWriter(tx: Kysely<Schema>, dialect: SqlDialect): GarbageWriter {
  return {
    async removeUnneededLinks(repositoryId, digests, before) {
      const { numDeletedRows } = await tx
        .deleteFrom('blob_links')
        .where('repository_id', '=', repositoryId)
        .where('digest', 'in', digestsIn(dialect, digestList(digests)))
        .where(isUnneeded('blob_links', before.getTime()))
        .executeTakeFirst()
      return Number(numDeletedRows)
    },

    async markUnneeded(digests, before) {
      await tx
        .updateTable('blobs')
        .set({ deleting: 1 })
        .where('digest', 'in', digestsIn(dialect, digestList(digests)))
        .where('needed_at', '<', before.getTime())
        .where(sql<boolean>`not exists (select 1 from blob_links where blob_links.digest = blobs.digest)`)
        .execute()
    },

    async markUnknown(blobs, at) {
      const time = at.getTime()
      if (blobs.length === 0) return
      await tx
        .insertInto('blobs')
        .values(
          blobs.map(({ digest, size }) => ({ digest, size, created_at: time, needed_at: 0, deleting: 1 })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async holdMarked(page) {
      const marked = await marksHeld(tx, dialect, page)
      const linked = await linkedOf(tx, dialect, marked)
      if (linked.size > 0) {
        await tx
          .updateTable('blobs')
          .set({ deleting: 0 })
          .where('digest', 'in', [...linked])
          .execute()
      }
      return marked.filter(({ digest }) => !linked.has(digest))
    },

    async forget(digests) {
      await tx
        .deleteFrom('blobs')
        .where('digest', 'in', digestsIn(dialect, digestList(digests)))
        .execute()
    },
  }
}

async function marksHeld(
  tx: Kysely<Schema>,
  { locksRows }: SqlDialect,
  { after, limit }: Parameters<GarbageWriter['holdMarked']>[0],
): Promise<Blob[]> {
  let query = tx
    .selectFrom('blobs')
    .select(['digest', 'size'])
    .where('deleting', '=', sql.lit(1))
    .orderBy('digest')
    .limit(limit)
  if (after !== undefined) query = query.where('digest', '>', after)
  return (locksRows ? query.forUpdate().skipLocked() : query).execute()
}

/**
 * Asked after the rows are held, in a statement of its own: only so does PostgreSQL show the links of those who held the rows
 * just before.
 */
async function linkedOf(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  blobs: readonly Blob[],
): Promise<Set<Digest>> {
  const rows = await tx
    .selectFrom('blob_links')
    .select('digest')
    .distinct()
    .where('digest', 'in', digestsIn(dialect, digestList(blobs.map(({ digest }) => digest))))
    .execute()
  return new Set(rows.map(({ digest }) => digest))
}
