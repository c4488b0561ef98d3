import type { Kysely } from 'kysely'
import type { ImageWriter, NewImage } from '../images.ts'
import type { Schema } from '../schema.ts'
import { toImageRow } from './image-row.ts'
import { inChunks } from './in-chunks.ts'
import { recordPulls } from './record-pulls.ts'

export function imageWriter(tx: Kysely<Schema>): ImageWriter {
  return {
    async add(repositoryId, image) {
      const { id } = await tx
        .insertInto('images')
        .values(toImageRow(repositoryId, image))
        .returning('id')
        .executeTakeFirstOrThrow()
      const reference = { image_id: id, repository_id: repositoryId }
      await addBlobReferences(tx, reference, image)
      await addChildReferences(tx, reference, image)
      await changeCount(tx, repositoryId, 1)
    },

    async delete(repositoryId, digest) {
      const { numDeletedRows } = await tx
        .deleteFrom('images')
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .executeTakeFirst()
      await changeCount(tx, repositoryId, -Number(numDeletedRows))
    },

    recordPulls: (pulls) => recordPulls(tx, pulls),
  }
}

interface Reference {
  readonly image_id: number
  readonly repository_id: number
}

/** A manifest may name the same layer twice; one row says it. */
async function addBlobReferences(tx: Kysely<Schema>, reference: Reference, { blobs }: NewImage) {
  await inChunks([...new Set(blobs)], async (chunk) => {
    const rows = chunk.map((blob_digest) => ({ ...reference, blob_digest }))
    return tx.insertInto('image_blobs').values(rows).execute()
  })
}

async function addChildReferences(tx: Kysely<Schema>, reference: Reference, { children }: NewImage) {
  await inChunks([...new Set(children)], async (chunk) => {
    const rows = chunk.map((child_digest) => ({ ...reference, child_digest }))
    return tx.insertInto('image_children').values(rows).execute()
  })
}

async function changeCount(tx: Kysely<Schema>, repositoryId: number, by: number) {
  await tx
    .updateTable('repositories')
    .set((eb) => ({ image_count: eb('image_count', '+', by) }))
    .where('id', '=', repositoryId)
    .execute()
}
