import { type Kysely, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { HistoryWriter } from '../history.ts'
import type { Schema } from '../schema.ts'

/** Copies an image to the deleted ones, inside the database: its bytes don't come here. @see HistoryWriter.keep */
export async function keepImage(
  tx: Kysely<Schema>,
  { repositoryId, digest }: { readonly repositoryId: number; readonly digest: Digest },
  { tags, at, cause, deletion }: Parameters<HistoryWriter['keep']>[2],
): Promise<void> {
  await tx
    .deleteFrom('deleted_images')
    .where('repository_id', '=', repositoryId)
    .where('digest', '=', digest)
    .execute()
  await sql`
    insert into deleted_images (
      repository_id, digest, media_type, manifest_bytes, size_in_bytes, artifact_type, subject, pushed_at,
      last_pulled_at, tags, deleted_at, deletion, actor, reason, content
    )
    select
      repository_id, digest, media_type, manifest_bytes, size_in_bytes, artifact_type, subject, pushed_at,
      last_pulled_at, ${JSON.stringify(tags)}, cast(${at.getTime()} as bigint), ${deletion}, ${cause.actor}, ${cause.reason}, content
    from images
    where repository_id = ${repositoryId} and digest = ${digest}
  `.execute(tx)
  await sql`
    insert into deleted_image_blobs (image_id, repository_id, blob_digest)
    select deleted_images.id, image_blobs.repository_id, image_blobs.blob_digest
    from images
    join image_blobs on image_blobs.image_id = images.id
    join deleted_images
      on deleted_images.repository_id = images.repository_id and deleted_images.digest = images.digest
    where images.repository_id = ${repositoryId} and images.digest = ${digest}
  `.execute(tx)
}
