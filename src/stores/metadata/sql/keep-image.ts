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
  const { rows } = await sql<{ readonly id: number }>`
    insert into deleted_images (
      repository_id, digest, media_type, manifest_bytes, size_in_bytes, artifact_type, subject, pushed_at,
      last_pulled_at, storage, last_archived_at, last_activated_at, tags, deleted_at, deletion, actor, reason, content
    )
    select
      repository_id, digest, media_type, manifest_bytes, size_in_bytes, artifact_type, subject, pushed_at,
      last_pulled_at, storage, last_archived_at, last_activated_at, ${JSON.stringify(tags)}, cast(${at.getTime()} as bigint), ${deletion}, ${cause.actor},
      ${cause.reason}, content
    from images
    where repository_id = ${repositoryId} and digest = ${digest}
    on conflict (repository_id, digest) do update set ${sql.join(renewed)}
    returning id
  `.execute(tx)
  await sql`
    insert into deleted_image_blobs (image_id, repository_id, blob_digest)
    select kept.id, image_blobs.repository_id, image_blobs.blob_digest
    from deleted_images as kept
    join images on images.repository_id = kept.repository_id and images.digest = kept.digest
    join image_blobs on image_blobs.image_id = images.id
    where kept.id = ${rows[0]?.id}
    on conflict do nothing
  `.execute(tx)
}

/** What may differ when the same digest is deleted once more; its bytes and what follows from them can't. */
const renewed = [
  'media_type',
  'artifact_type',
  'pushed_at',
  'last_pulled_at',
  'storage',
  'last_archived_at',
  'last_activated_at',
  'size_in_bytes',
  'tags',
  'deleted_at',
  'deletion',
  'actor',
  'reason',
].map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
