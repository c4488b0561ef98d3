import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Repositories, images, tags, blobs and uploads. Whatever belongs to a repository goes when it goes. */
export const registryTables: Migration = {
  name: '0001-registry',
  statements: ({ identity, integer, text, bytes, table, keyTable }) => [
    sql`create table repositories (
      id ${identity},
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      created_at ${integer} not null,
      tag_mutability ${text} not null,
      tag_mutability_exclusions ${text} not null,
      scan_on_push ${integer} not null,
      encryption_type ${text} not null,
      kms_key ${text},
      image_count ${integer} not null default 0,
      unique (account_id, region, name)
    ) ${table}`,

    sql`create table resource_tags (
      repository_id ${integer} not null references repositories (id) on delete cascade,
      key ${text} not null,
      value ${text} not null,
      primary key (repository_id, key)
    ) ${keyTable}`,

    // The manifest's bytes are the last column: SQLite then reads the others without walking over them.
    sql`create table images (
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
      tagged ${integer} not null default 0,
      content ${bytes} not null,
      unique (repository_id, digest)
    ) ${table}`,
    sql`create index images_newest_first on images (repository_id, pushed_at desc, digest)`,
    sql`create index images_newest_first_by_status on images (repository_id, tagged, pushed_at desc, digest)`,
    sql`create index images_by_subject on images (repository_id, subject, digest) where subject is not null`,

    sql`create table tags (
      repository_id ${integer} not null,
      name ${text} not null,
      image_id ${integer} not null references images (id) on delete cascade,
      tagged_at ${integer} not null,
      primary key (repository_id, name)
    ) ${keyTable}`,
    sql`create index tags_by_image on tags (image_id, name)`,

    sql`create table blobs (
      digest ${text} not null primary key,
      size ${integer} not null,
      created_at ${integer} not null
    ) ${keyTable}`,

    sql`create table blob_links (
      repository_id ${integer} not null references repositories (id) on delete cascade,
      digest ${text} not null references blobs (digest),
      created_at ${integer} not null,
      primary key (repository_id, digest)
    ) ${keyTable}`,
    sql`create index blob_links_by_blob on blob_links (digest)`,

    // Deferred, so that a repository can go in one statement whichever of its tables is emptied first.
    sql`create table image_blobs (
      image_id ${integer} not null references images (id) on delete cascade,
      repository_id ${integer} not null,
      blob_digest ${text} not null,
      primary key (image_id, blob_digest),
      foreign key (repository_id, blob_digest) references blob_links (repository_id, digest)
        deferrable initially deferred
    ) ${keyTable}`,
    sql`create index image_blobs_by_blob on image_blobs (repository_id, blob_digest)`,

    sql`create table image_children (
      image_id ${integer} not null references images (id) on delete cascade,
      repository_id ${integer} not null,
      child_digest ${text} not null,
      primary key (image_id, child_digest)
    ) ${keyTable}`,
    sql`create index image_children_by_child on image_children (repository_id, child_digest)`,

    sql`create table uploads (
      id ${text} not null primary key,
      repository_id ${integer} not null references repositories (id) on delete cascade,
      started_at ${integer} not null,
      parts ${integer} not null,
      shortest_inner_part ${integer},
      last_part ${integer}
    ) ${table}`,
    sql`create index uploads_by_repository on uploads (repository_id)`,
  ],
}
