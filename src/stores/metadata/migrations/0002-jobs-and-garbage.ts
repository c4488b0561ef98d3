import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Work that runs by itself, and what garbage collection must know of blobs, their links and uploads. */
export const jobsAndGarbage: Migration = {
  name: '0002-jobs-and-garbage',
  statements: ({ integer, text, table }) => [
    sql`create table jobs (
      kind ${text} not null,
      key ${text} not null,
      due_at ${integer} not null,
      lease ${text},
      again_at ${integer},
      attempts ${integer} not null default 0,
      progress ${text},
      finished_at ${integer},
      last_error ${text},
      primary key (kind, key)
    ) ${table}`,
    sql`create index jobs_by_time on jobs (kind, due_at)`,

    sql`alter table blobs add column needed_at ${integer} not null default 0`,
    sql`update blobs set needed_at = created_at`,
    sql`alter table blobs add column deleting ${integer} not null default 0`,
    sql`create index blobs_deleting on blobs (digest) where deleting = 1`,
    sql`alter table blob_links add column needed_at ${integer} not null default 0`,
    sql`update blob_links set needed_at = created_at`,
    sql`create index uploads_by_age on uploads (started_at, id)`,
  ],
}
