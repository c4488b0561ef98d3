import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { ImageWriter } from '../images.ts'
import type { Schema } from '../schema.ts'
import { digestList, digestsIn } from './digests-in.ts'
import { toImageRow, toStorageColumns } from './image-row.ts'
import { recordPulls } from './record-pulls.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function imageWriter(tx: Kysely<Schema>, dialect: SqlDialect): ImageWriter {
  return {
    async add(repositoryId, image) {
      const { id } = await tx
        .insertInto('images')
        .values({ ...toImageRow(repositoryId, image), listed: isListed(repositoryId, image.image.digest) })
        .returning('id')
        .executeTakeFirstOrThrow()
      await addBlobReferences(tx, dialect, 'image_blobs', { id, digests: image.blobs })
      await addBlobReferences(tx, dialect, 'absent_blobs', { id, digests: image.absentBlobs })
      await addChildReferences(tx, dialect, { id, repositoryId, digests: image.children })
      await changeCount(tx, repositoryId, 1)
    },

    async delete(repositoryId, digest, at) {
      await needBlobsUntil(tx, at, { repositoryId, digest })
      const { numDeletedRows } = await tx
        .deleteFrom('images')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .executeTakeFirst()
      await changeCount(tx, repositoryId, -Number(numDeletedRows))
    },

    async setStorage(repositoryId, digest, storage) {
      await tx
        .updateTable('images')
        .set(toStorageColumns(storage))
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .execute()
    },

    recordPulls: (pulls) => recordPulls(tx, pulls),
  }
}

interface References {
  /** Of the image that refers. */
  readonly id: number
  /** A manifest may name the same layer twice; one row says it. */
  readonly digests: readonly Digest[]
}

async function addBlobReferences(
  tx: Kysely<Schema>,
  { textsOfJson }: SqlDialect,
  table: 'image_blobs' | 'absent_blobs',
  { id, digests }: References,
) {
  if (digests.length === 0) return
  await sql`
    insert into ${sql.table(table)} (image_id, repository_id, blob_digest)
    select distinct images.id, images.repository_id, listed.value
    from images, ${textsOfJson}(${digestList(digests)}) as listed
    where images.id = ${id}
  `.execute(tx)
}

async function addChildReferences(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  { id, repositoryId, digests }: References & { readonly repositoryId: number },
) {
  if (digests.length === 0) return
  const children = digestList(digests)
  await sql`
    insert into image_children (image_id, repository_id, child_digest)
    select distinct images.id, images.repository_id, listed.value
    from images, ${dialect.textsOfJson}(${children}) as listed
    where images.id = ${id}
  `.execute(tx)
  await tx
    .updateTable('images')
    .set({ listed: 1 })
    .where('repository_id', '=', repositoryId)
    .where('digest', 'in', digestsIn(dialect, children))
    .where('listed', '=', 0)
    .execute()
}

/** An index may be here before what it lists. */
function isListed(repositoryId: number, digest: Digest) {
  return sql<number>`case when exists (
    select 1 from image_children where repository_id = ${repositoryId} and child_digest = ${digest}
  ) then 1 else 0 end`
}

async function needBlobsUntil(
  tx: Kysely<Schema>,
  at: Date,
  image: { readonly repositoryId: number; readonly digest: Digest },
) {
  const blobs = tx
    .selectFrom('images')
    .innerJoin('image_blobs', 'image_blobs.image_id', 'images.id')
    .select('image_blobs.blob_digest')
    .where('images.repository_id', '=', image.repositoryId)
    .where('images.digest', '=', image.digest)
  await tx
    .updateTable('blob_links')
    .set({ needed_at: at.getTime() })
    .where('repository_id', '=', image.repositoryId)
    .where('digest', 'in', blobs)
    .execute()
}

async function changeCount(tx: Kysely<Schema>, repositoryId: number, by: number) {
  await tx
    .updateTable('repositories')
    .set((eb) => ({ image_count: eb('image_count', '+', by) }))
    .where('id', '=', repositoryId)
    .execute()
}
