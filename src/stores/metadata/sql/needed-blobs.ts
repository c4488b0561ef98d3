import { type RawBuilder, sql } from 'kysely'

/**
 * Whether anything in its repository needs the blob of a `blob_links` row: an image, or one that was deleted since a time and
 * may be restored. This is the one place that says so: a table whose rows need blobs adds its `exists` here, and gets an index
 * on (repository_id, blob_digest).
 *
 * @param links the name that `blob_links` has in the query
 */
function isNeeded(links: string, since: number): RawBuilder<boolean> {
  const link = sql.ref(links)
  return sql<boolean>`(exists (
    select 1 from image_blobs
    where image_blobs.repository_id = ${link}.repository_id and image_blobs.blob_digest = ${link}.digest
  ) or exists (
    select 1 from deleted_image_blobs as kept
    join deleted_images on deleted_images.id = kept.image_id
    where kept.repository_id = ${link}.repository_id and kept.blob_digest = ${link}.digest
      and deleted_images.deleted_at >= ${since}
  ))`
}

/** Whether a `blob_links` row is garbage: nothing needs it, and nobody has relied on it since a time. */
export function isUnneeded(links: string, before: number): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${links}.needed_at`)} < ${before} and not ${isNeeded(links, before)})`
}
