import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { ImageReader } from '../images.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { pageOfImages, pageOfNamedImages } from './image-pages.ts'
import { imageColumns, storageCode, toImage } from './image-row.ts'
import { preparedQuery } from './prepared-query.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function imageReader(db: Kysely<Schema>, dialect: SqlDialect): ImageReader {
  const one = (repositoryId: number, digest: Digest) =>
    db
      .selectFrom('images')
      .where('images.repository_id', '=', repositoryId)
      .where('images.digest', '=', digest)
  const find = preparedQuery(db, (...key: ImageKey) => one(...key).select(imageColumns))
  const content = preparedQuery(db, (...key: ImageKey) => one(...key).select('content'))
  const findMany = preparedQuery(db, (repositoryId: number, digests: string) =>
    db
      .selectFrom('images')
      .select(imageColumns)
      .where('repository_id', '=', repositoryId)
      .where('digest', 'in', digestsIn(dialect, digests)),
  )
  const manifests = preparedQuery(db, (repositoryId: number, digests: string) =>
    db
      .selectFrom('images')
      .select(['digest', 'media_type', 'content'])
      .where('repository_id', '=', repositoryId)
      .where('digest', 'in', digestsIn(dialect, digests)),
  )
  return {
    async find(repositoryId, digest) {
      const [row] = await find(repositoryId, digest)
      return row && toImage(row)
    },

    async content(repositoryId, digest) {
      const [row] = await content(repositoryId, digest)
      return row?.content
    },

    async manifests(repositoryId, digests) {
      const rows = await manifests(repositoryId, digestList(digests))
      return new Map(rows.map((row) => [row.digest, { mediaType: row.media_type, content: row.content }]))
    },

    async findMany(repositoryId, digests) {
      const rows = await findMany(repositoryId, digestList(digests))
      return rows.map(toImage)
    },

    list: (repositoryId, page) => pageOfImages(db, repositoryId, page),

    listNamed: (repositoryId, page) => pageOfNamedImages(db, repositoryId, page),

    async indexesOf(repositoryId, child) {
      const rows = await selectIndexes(db, repositoryId, child).execute()
      return rows.map(({ digest }) => digest)
    },

    async activeIndexesOf(repositoryId, child) {
      const rows = await selectIndexes(db, repositoryId, child)
        .where('images.storage', '!=', storageCode('ARCHIVED'))
        .execute()
      return rows.map(({ digest }) => digest)
    },

    async childrenOf(repositoryId, index) {
      const children = one(repositoryId, index)
        .innerJoin('image_children', 'image_children.image_id', 'images.id')
        .select('image_children.child_digest')
      const rows = await db
        .selectFrom('images')
        .select(imageColumns)
        .where('repository_id', '=', repositoryId)
        .where('digest', 'in', children)
        .orderBy('digest')
        .execute()
      return rows.map(toImage)
    },

    async referrersOf(repositoryId, subject, { after, limit }) {
      const query = db
        .selectFrom('images')
        .select(imageColumns)
        .where('repository_id', '=', repositoryId)
        .where('subject', '=', subject)
        .orderBy('digest')
        .limit(limit)
      const rows = await (after === undefined ? query : query.where('digest', '>', after)).execute()
      return rows.map(toImage)
    },

    async count(repositoryId) {
      const row = await db
        .selectFrom('repositories')
        .select('image_count')
        .where('id', '=', repositoryId)
        .executeTakeFirst()
      return row?.image_count ?? 0
    },

    async countInRegistry({ account, region }) {
      const { count } = await db
        .selectFrom('repositories')
        .select(sql<number>`cast(coalesce(sum(image_count), 0) as bigint)`.as('count'))
        .where('account_id', '=', account)
        .where('region', '=', region)
        .executeTakeFirstOrThrow()
      return count
    },
  }
}

function selectIndexes(db: Kysely<Schema>, repositoryId: number, child: Digest) {
  return db
    .selectFrom('image_children')
    .innerJoin('images', 'images.id', 'image_children.image_id')
    .select('images.digest')
    .where('image_children.repository_id', '=', repositoryId)
    .where('image_children.child_digest', '=', child)
    .orderBy('images.digest')
}

type ImageKey = readonly [repositoryId: number, digest: Digest]
