import { type Kysely, sql } from 'kysely'
import type { Audit, NamedManifest } from '../audit.ts'
import type { Schema } from '../schema.ts'

/** @see Audit */
export function kyselyAudit(db: Kysely<Schema>): Audit {
  return {
    total: () =>
      keptBlobs(db)
        .select(({ fn }) => [
          fn.countAll<number>().as('blobs'),
          sql<number>`cast(coalesce(sum(size), 0) as bigint)`.as('bytes'),
        ])
        .executeTakeFirstOrThrow(),

    blobs: ({ after, limit }) =>
      keptBlobs(db)
        .select(['digest', 'size'])
        .$if(after !== undefined, (query) => query.where(sql<boolean>`digest > ${after}`))
        .orderBy('digest')
        .limit(limit)
        .execute(),

    async keeps(digest) {
      const row = await keptBlobs(db).select('digest').where('digest', '=', digest).executeTakeFirst()
      return row !== undefined
    },

    async manifests({ after, limit }) {
      const rows = await db
        .selectFrom('images')
        .innerJoin('repositories', 'repositories.id', 'images.repository_id')
        .select(['images.id as imageId', 'account_id', 'region', 'name', 'digest', 'content'])
        .where('images.id', '>', after)
        .orderBy('images.id')
        .limit(limit)
        .execute()
      return rows.map(({ account_id: account, region, name, ...manifest }) => ({
        ...manifest,
        repository: { account, region, name },
      }))
    },

    async unlinkedBlobs(limit) {
      const rows = await needs(db)
        .select('image_blobs.blob_digest as blob')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('blob_links')
                .select('digest')
                .whereRef('blob_links.repository_id', '=', 'image_blobs.repository_id')
                .whereRef('blob_links.digest', '=', 'image_blobs.blob_digest'),
            ),
          ),
        )
        .limit(limit)
        .execute()
      return Promise.all(rows.map(async ({ blob, ...image }) => ({ blob, image: await withTags(db, image) })))
    },

    async usersOf(blob) {
      const rows = await needs(db).where('image_blobs.blob_digest', '=', blob).execute()
      return Promise.all(rows.map((row) => withTags(db, row)))
    },

    async holdersOf(blob) {
      const rows = await db
        .selectFrom('blob_links')
        .innerJoin('repositories', 'repositories.id', 'blob_links.repository_id')
        .select(['account_id', 'region', 'name'])
        .where('blob_links.digest', '=', blob)
        .orderBy('blob_links.repository_id')
        .execute()
      return rows.map(({ account_id: account, region, name }) => ({ account, region, name }))
    },

    namesOf: async ({ imageId, repository, digest }) => ({
      repository,
      digest,
      tags: await tagsOf(db, imageId),
    }),
  }
}

function keptBlobs(db: Kysely<Schema>) {
  return db.selectFrom('blobs').where('deleting', '=', sql.lit(0))
}

function needs(db: Kysely<Schema>) {
  return db
    .selectFrom('image_blobs')
    .innerJoin('images', 'images.id', 'image_blobs.image_id')
    .innerJoin('repositories', 'repositories.id', 'images.repository_id')
    .select(['images.id', 'account_id', 'region', 'name', 'images.digest'])
    .orderBy('images.id')
}

async function withTags(
  db: Kysely<Schema>,
  row: Awaited<ReturnType<ReturnType<typeof needs>['execute']>>[number],
): Promise<NamedManifest> {
  const { id, account_id: account, region, name, digest } = row
  return { repository: { account, region, name }, digest, tags: await tagsOf(db, id) }
}

async function tagsOf(db: Kysely<Schema>, imageId: number) {
  const rows = await db
    .selectFrom('tags')
    .select('name')
    .where('image_id', '=', imageId)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}
