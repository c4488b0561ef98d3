import { type RawBuilder, sql } from 'kysely'

/**
 * Whether anything in its repository needs the blob of a `blob_links` row. This is the one place that says so: a table whose
 * rows need blobs adds its `exists` here, and gets an index on (repository_id, blob_digest).
 *
 * @param links the name that `blob_links` has in the query
 */
export function isNeeded(links: string): RawBuilder<boolean> {
  const link = sql.ref(links)
  return sql<boolean>`exists (
    select 1 from image_blobs
    where image_blobs.repository_id = ${link}.repository_id and image_blobs.blob_digest = ${link}.digest
  )`
}

/** Whether a `blob_links` row is garbage: nothing needs it, and nobody has relied on it since a time. */
export function isUnneeded(links: string, before: number): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(`${links}.needed_at`)} < ${before} and not ${isNeeded(links)})`
}
