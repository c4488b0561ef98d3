import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Which images this Berth has pulled for tasks, of all that an engine has. */
export const pulledReferences: Migration = {
  name: '0029-pulled-references',
  statements: ({ integer, text, keyTable }) => [
    sql`create table pulled_references (
      engine ${text} not null,
      reference ${text} not null,
      image_id ${text},
      state ${text} not null,
      used_at ${integer} not null,
      primary key (engine, reference)
    ) ${keyTable}`,
  ],
}
