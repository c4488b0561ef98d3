import { type Insertable, type Kysely, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { BlobLinks, BlobLinkWriter } from '../blob-links.ts'
import type { BlobTable } from '../schema/images.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { preparedQuery } from './prepared-query.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** Whether only archived images need the blob of a `blob_links` row, and nobody has linked it since. The common answer comes first. */
const isArchived = sql<boolean>`(case
  when exists (
    select 1 from image_blobs
    join images on images.id = image_blobs.image_id
    where image_blobs.repository_id = blob_links.repository_id and image_blobs.blob_digest = blob_links.digest
      and images.storage = 0
  ) then false
  else exists (
    select 1 from image_blobs
    join images on images.id = image_blobs.image_id
    where image_blobs.repository_id = blob_links.repository_id and image_blobs.blob_digest = blob_links.digest
      and images.last_archived_at >= blob_links.needed_at
  )
end)`

export function blobLinkReader(db: Kysely<Schema>, dialect: SqlDialect): BlobLinks {
  const find = preparedQuery(db, (repositoryId: number, digest: Digest) =>
    selectLinkedBlobs(db, repositoryId)
      .where('blob_links.digest', '=', digest)
      .where((eb) => eb.not(isArchived)),
  )
  const archived = preparedQuery(db, (repositoryId: number, digests: string) =>
    selectLinkedBlobs(db, repositoryId)
      .where('blob_links.digest', 'in', digestsIn(dialect, digests))
      .where(isArchived),
  )
  const findMany = preparedQuery(db, (repositoryId: number, digests: string) =>
    selectLinkedBlobs(db, repositoryId).where('blob_links.digest', 'in', digestsIn(dialect, digests)),
  )
  const unreliable = preparedQuery(db, (repositoryId: number, digests: string, before: number) =>
    db
      .selectFrom('blob_links')
      .select('digest')
      .where('repository_id', '=', repositoryId)
      .where('digest', 'in', digestsIn(dialect, digests))
      .where('needed_at', '<', before)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('image_blobs')
              .select('image_id')
              .whereRef('image_blobs.repository_id', '=', 'blob_links.repository_id')
              .whereRef('image_blobs.blob_digest', '=', 'blob_links.digest'),
          ),
        ),
      ),
  )
  return {
    async find(repositoryId, digest) {
      const [blob] = await find(repositoryId, digest)
      return blob
    },

    async archived(repositoryId, digests) {
      const rows = await archived(repositoryId, digestList(digests))
      return rows.map(({ digest }) => digest)
    },

    findMany: (repositoryId, digests) => findMany(repositoryId, digestList(digests)),

    async holders({ account, region }, digest, limit) {
      const rows = await db
        .selectFrom('blob_links')
        .innerJoin('repositories', 'repositories.id', 'blob_links.repository_id')
        .select('repositories.name')
        .where('blob_links.digest', '=', digest)
        .where('repositories.account_id', '=', account)
        .where('repositories.region', '=', region)
        .orderBy('blob_links.repository_id')
        .limit(limit)
        .execute()
      return rows.map(({ name }) => name)
    },

    async isReferenced(repositoryId, digest) {
      const reference = await db
        .selectFrom('image_blobs')
        .select('image_id')
        .where('repository_id', '=', repositoryId)
        .where('blob_digest', '=', digest)
        .limit(1)
        .executeTakeFirst()
      return reference !== undefined
    },

    total: () =>
      db
        .selectFrom('blobs')
        .select(({ fn }) => [
          fn.countAll<number>().as('blobs'),
          sql<number>`cast(coalesce(sum(size), 0) as bigint)`.as('bytes'),
        ])
        .executeTakeFirstOrThrow(),
    async unreliable(repositoryId, digests, before) {
      const rows = await unreliable(repositoryId, digestList(digests), before.getTime())
      return rows.map(({ digest }) => digest)
    },
  }
}

export function blobLinkWriter(tx: Kysely<Schema>, dialect: SqlDialect): BlobLinkWriter {
  return {
    async add(repositoryId, { digest, size }, at) {
      const needed_at = at.getTime()
      const mustLook = await holdBlob(tx, dialect, { digest, size, created_at: needed_at, needed_at })
      await tx
        .insertInto('blob_links')
        .values({ repository_id: repositoryId, digest, created_at: needed_at, needed_at })
        .onConflict((conflict) =>
          conflict
            .columns(['repository_id', 'digest'])
            .doUpdateSet(({ ref }) => ({ needed_at: ref('excluded.needed_at') })),
        )
        .execute()
      await becomeNeeded(tx, repositoryId, digest)
      return { mustLook }
    },

    async rely(repositoryId, digests, at) {
      await tx
        .updateTable('blob_links')
        .set({ needed_at: at.getTime() })
        .where('repository_id', '=', repositoryId)
        .where('digest', 'in', digestsIn(dialect, digestList(digests)))
        .execute()
    },

    async remove(repositoryId, digest, at) {
      await tx
        .deleteFrom('blob_links')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .execute()
      await tx.updateTable('blobs').set({ needed_at: at.getTime() }).where('digest', '=', digest).execute()
    },
  }
}

async function becomeNeeded(tx: Kysely<Schema>, repositoryId: number, digest: Digest): Promise<void> {
  const waiting = await tx
    .deleteFrom('absent_blobs')
    .where('repository_id', '=', repositoryId)
    .where('blob_digest', '=', digest)
    .returningAll()
    .execute()
  if (waiting.length > 0) await tx.insertInto('image_blobs').values(waiting).execute()
}

/**
 * Holds a blob's row until the transaction ends, making it where there is none, and takes back a mark of garbage collection.
 * Resolves to whether its bytes may be gone.
 */
async function holdBlob(
  tx: Kysely<Schema>,
  { locksRows }: SqlDialect,
  blob: Insertable<BlobTable>,
): Promise<boolean> {
  const query = tx.selectFrom('blobs').select('deleting').where('digest', '=', blob.digest)
  const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
  if (row?.deleting === 0) return false
  await tx
    .insertInto('blobs')
    .values(blob)
    .onConflict((conflict) => conflict.column('digest').doUpdateSet({ deleting: 0 }))
    .execute()
  return true
}

function selectLinkedBlobs(db: Kysely<Schema>, repositoryId: number) {
  return db
    .selectFrom('blob_links')
    .innerJoin('blobs', 'blobs.digest', 'blob_links.digest')
    .select(['blobs.digest', 'blobs.size'])
    .where('blob_links.repository_id', '=', repositoryId)
}
