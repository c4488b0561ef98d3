import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Which tasks run an image, and when one last did. */
export const imageUses: Migration = {
  name: '0017-image-uses',
  statements: ({ integer, text, keyTable }) => [
    // By the repository's name, since a task goes on though its repository may be deleted and made anew.
    sql`create table image_uses (
      account_id ${text} not null,
      region ${text} not null,
      repository ${text} not null,
      digest ${text} not null,
      task ${text} not null,
      primary key (account_id, region, repository, digest, task)
    ) ${keyTable}`,
    sql`create index image_uses_by_task on image_uses (task)`,
    sql`alter table images add column last_used_at ${integer}`,
  ],
}
