import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { BlobLinks, BlobLinkWriter } from '../blob-links.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { preparedQuery } from './prepared-query.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function blobLinkReader(db: Kysely<Schema>, dialect: SqlDialect): BlobLinks {
  const find = preparedQuery(db, (repositoryId: number, digest: Digest) =>
    selectLinkedBlobs(db, repositoryId).where('blob_links.digest', '=', digest),
  )
  const findMany = preparedQuery(db, (repositoryId: number, digests: string) =>
    selectLinkedBlobs(db, repositoryId).where('blob_links.digest', 'in', digestsIn(dialect, digests)),
  )
  return {
    async find(repositoryId, digest) {
      const [blob] = await find(repositoryId, digest)
      return blob
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
  }
}

export function blobLinkWriter(tx: Kysely<Schema>): BlobLinkWriter {
  return {
    async add(repositoryId, { digest, size }, at) {
      const created_at = at.getTime()
      await tx
        .insertInto('blobs')
        .values({ digest, size, created_at })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await tx
        .insertInto('blob_links')
        .values({ repository_id: repositoryId, digest, created_at })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await becomeNeeded(tx, repositoryId, digest)
    },

    async remove(repositoryId, digest) {
      await tx
        .deleteFrom('blob_links')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .execute()
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

function selectLinkedBlobs(db: Kysely<Schema>, repositoryId: number) {
  return db
    .selectFrom('blob_links')
    .innerJoin('blobs', 'blobs.digest', 'blob_links.digest')
    .select(['blobs.digest', 'blobs.size'])
    .where('blob_links.repository_id', '=', repositoryId)
}
