import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Blobs that images list and their repositories don't have; one that arrives becomes one that they need. */
export const absentBlobs: Migration = {
  name: '0005-absent-blobs',
  statements: ({ integer, text, keyTable }) => [
    sql`create table absent_blobs (
      image_id ${integer} not null references images (id) on delete cascade,
      repository_id ${integer} not null,
      blob_digest ${text} not null,
      primary key (image_id, blob_digest)
    ) ${keyTable}`,
    sql`create index absent_blobs_by_blob on absent_blobs (repository_id, blob_digest)`,
  ],
}
