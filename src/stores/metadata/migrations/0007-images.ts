import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** The archive storage class. */
export const images: Migration = {
  name: '0007-images',
  statements: ({ integer }) => [
    // They stand behind the manifest's bytes. SQLite doesn't walk over those for a value that needs none itself, as null and 0 don't:
    // so an image that was never archived is read as fast as before.
    ...['images', 'deleted_images'].flatMap((table) => [
      sql`alter table ${sql.table(table)} add column storage ${integer} not null default 0`,
      sql`alter table ${sql.table(table)} add column last_archived_at ${integer}`,
      sql`alter table ${sql.table(table)} add column last_activated_at ${integer}`,
    ]),

    sql`drop index images_newest_first`,
    sql`drop index images_newest_first_by_status`,
    sql`create index images_newest_first on images (repository_id, storage, tagged, pushed_at desc, digest)`,
    // The order in which lifecycle rules rank images: one that came back from the archive is as new as its return.
    sql`create index images_freshest_first on images
      (repository_id, (coalesce(last_activated_at, pushed_at)) desc, digest)`,

    sql`alter table lifecycle_previews add column archiving ${integer} not null default 0`,
  ],
}
