import { type Kysely, sql } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Digest } from '../../../core/names/digest.ts'
import type { Region } from '../../../core/names/region.ts'
import type { RepositoryName } from '../../../core/names/repository-name.ts'
import type { Tag } from '../../../core/names/tag.ts'
import type { Audit, ManifestKind, NamedManifest } from '../audit.ts'
import type { ImageBlobTable } from '../schema/images.ts'
import type { Schema } from '../schema.ts'

/** @param only the name of the repositories to walk over; all of them unless told @see Audit */
export function kyselyAudit(db: Kysely<Schema>, only?: RepositoryName): Audit {
  return {
    async total() {
      const [blobs, { repositories }] = await Promise.all([countBlobs(db, only), countRepositories(db, only)])
      return { ...blobs, repositories }
    },

    blobs: ({ after, limit }) =>
      keptBlobs(db, only)
        .select(['digest', 'size'])
        .$if(after !== undefined, (query) => query.where(sql<boolean>`digest > ${after}`))
        .orderBy('digest')
        .limit(limit)
        .execute(),

    async keeps(digest) {
      const row = await keptBlobs(db).select('digest').where('digest', '=', digest).executeTakeFirst()
      return row !== undefined
    },

    async manifests(kind, { after, limit }) {
      const rows = await imagesOf(db, kind, only)
        .select('content')
        .where('images.id', '>', after)
        .orderBy('images.id')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ kind, imageId: row.id, ...placeOf(row), content: row.content }))
    },

    async unlinkedBlobs(limit) {
      const rows = await needs(db, 'listed', only)
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
      return Promise.all(rows.map(async (row) => ({ blob: row.blob, image: await named(db, 'listed', row) })))
    },

    async usersOf(blob) {
      const users = await Promise.all(kinds.map((kind) => usersOfKind(db, kind, blob)))
      return users.flat()
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

    namesOf: ({ kind, imageId: id, repository: { account, ...rest }, digest }) =>
      named(db, kind, { id, digest, account_id: account, ...rest }),
  }
}

const kinds: readonly ManifestKind[] = ['listed', 'deleted']

function keptBlobs(db: Kysely<Schema>, only?: RepositoryName) {
  return db
    .selectFrom('blobs')
    .where('deleting', '=', sql.lit(0))
    .$if(only !== undefined, (query) =>
      query.where('blobs.digest', 'in', ({ selectFrom }) =>
        selectFrom('blob_links')
          .innerJoin('repositories', 'repositories.id', 'blob_links.repository_id')
          .select('blob_links.digest')
          .where(sql<boolean>`repositories.name = ${only}`),
      ),
    )
}

function countBlobs(db: Kysely<Schema>, only: RepositoryName | undefined) {
  return keptBlobs(db, only)
    .select(({ fn }) => [
      fn.countAll<number>().as('blobs'),
      sql<number>`cast(coalesce(sum(size), 0) as bigint)`.as('bytes'),
    ])
    .executeTakeFirstOrThrow()
}

function countRepositories(db: Kysely<Schema>, only: RepositoryName | undefined) {
  return db
    .selectFrom('repositories')
    .select(({ fn }) => fn.countAll<number>().as('repositories'))
    .$if(only !== undefined, (query) => query.where(sql<boolean>`name = ${only}`))
    .executeTakeFirstOrThrow()
}

/** The columns of an image that are the same whether it was deleted or not. */
interface ImageRow {
  readonly id: number
  readonly repository_id: number
  readonly digest: Digest
  readonly content: Uint8Array
}

function imagesOf(db: Kysely<Schema>, kind: ManifestKind, only?: RepositoryName) {
  const table = sql.table(kind === 'deleted' ? 'deleted_images' : 'images')
  return db
    .selectFrom(sql<ImageRow>`${table}`.as('images'))
    .innerJoin('repositories', 'repositories.id', 'images.repository_id')
    .select(['images.id', 'account_id', 'region', 'name', 'images.digest'])
    .$if(only !== undefined, (query) => query.where(sql<boolean>`repositories.name = ${only}`))
}

/** Images, each with a blob that it needs. */
function needs(db: Kysely<Schema>, kind: ManifestKind, only?: RepositoryName) {
  const table = sql.table(kind === 'deleted' ? 'deleted_image_blobs' : 'image_blobs')
  return imagesOf(db, kind, only)
    .innerJoin(sql<ImageBlobTable>`${table}`.as('image_blobs'), 'image_blobs.image_id', 'images.id')
    .orderBy('images.id')
}

type Place = Pick<ImageRow, 'id' | 'digest'> & {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: RepositoryName
}

function placeOf({ account_id: account, region, name, digest }: Place) {
  return { repository: { account, region, name }, digest }
}

async function usersOfKind(db: Kysely<Schema>, kind: ManifestKind, blob: Digest): Promise<NamedManifest[]> {
  const rows = await needs(db, kind).where('image_blobs.blob_digest', '=', blob).execute()
  return Promise.all(rows.map((row) => named(db, kind, row)))
}

async function named(db: Kysely<Schema>, kind: ManifestKind, row: Place): Promise<NamedManifest> {
  const tags = kind === 'deleted' ? await tagsOfDeleted(db, row.id) : await tagsOf(db, row.id)
  return { kind, ...placeOf(row), tags }
}

async function tagsOf(db: Kysely<Schema>, imageId: number): Promise<Tag[]> {
  const rows = await db
    .selectFrom('tags')
    .select('name')
    .where('image_id', '=', imageId)
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}

async function tagsOfDeleted(db: Kysely<Schema>, imageId: number): Promise<Tag[]> {
  const row = await db
    .selectFrom('deleted_images')
    .select('tags')
    .where('id', '=', imageId)
    .executeTakeFirst()
  return row === undefined ? [] : JSON.parse(row.tags)
}
