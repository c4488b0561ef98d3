import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What became of tags, and images that were deleted, for as long as it can be undone. */
export const history: Migration = {
  name: '0003-history',
  statements: ({ identity, integer, text, bytes, table, keyTable }) => [
    sql`create table tag_history (
      id ${identity},
      repository_id ${integer} not null references repositories (id) on delete cascade,
      tag ${text},
      from_digest ${text},
      to_digest ${text},
      changed_at ${integer} not null,
      actor ${text} not null,
      reason ${text} not null
    ) ${table}`,
    sql`create index tag_history_by_repository on tag_history (repository_id, id)`,
    sql`create index tag_history_by_tag on tag_history (repository_id, tag, id)`,
    sql`create index tag_history_by_time on tag_history (changed_at)`,

    // The manifest's bytes are the last column here as in images.
    sql`create table deleted_images (
      id ${identity},
      repository_id ${integer} not null references repositories (id) on delete cascade,
      digest ${text} not null,
      media_type ${text} not null,
      manifest_bytes ${integer} not null,
      size_in_bytes ${integer} not null,
      artifact_type ${text},
      subject ${text},
      pushed_at ${integer} not null,
      last_pulled_at ${integer},
      tags ${text} not null,
      deleted_at ${integer} not null,
      deletion ${text} not null,
      actor ${text} not null,
      reason ${text} not null,
      content ${bytes} not null,
      unique (repository_id, digest)
    ) ${table}`,
    sql`create index deleted_images_latest_first on deleted_images
      (repository_id, deleted_at desc, digest, manifest_bytes)`,
    sql`create index deleted_images_by_time on deleted_images (deleted_at)`,
    sql`create index deleted_images_by_subject on deleted_images (repository_id, subject, digest)
      where subject is not null`,

    // No reference to blob_links: a blob that is deleted by its name is gone, and a restore says that it lacks it.
    sql`create table deleted_image_blobs (
      image_id ${integer} not null references deleted_images (id) on delete cascade,
      repository_id ${integer} not null,
      blob_digest ${text} not null,
      primary key (image_id, blob_digest)
    ) ${keyTable}`,
    sql`create index deleted_image_blobs_by_blob on deleted_image_blobs (repository_id, blob_digest)`,
  ],
}
