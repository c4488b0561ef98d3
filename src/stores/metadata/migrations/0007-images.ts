import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** The archive storage class, whose pulls aren't recorded, and what registries count. */
export const images: Migration = {
  name: '0007-images',
  statements: ({ integer, text, keyTable }) => [
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

    sql`create table registries (
      account_id ${text} not null,
      region ${text} not null,
      repository_count ${integer} not null,
      primary key (account_id, region)
    ) ${keyTable}`,
    sql`insert into registries (account_id, region, repository_count)
      select account_id, region, count(*) from repositories group by account_id, region`,
    sql`create table pull_exclusions (
      account_id ${text} not null,
      region ${text} not null,
      principal_arn ${text} not null,
      created_at ${integer} not null,
      primary key (account_id, region, principal_arn)
    ) ${keyTable}`,

    sql`alter table lifecycle_previews add column archiving ${integer} not null default 0`,
  ],
}
