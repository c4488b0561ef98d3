import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Lifecycle policies, and what they would do. */
export const lifecycle: Migration = {
  name: '0006-lifecycle',
  statements: ({ integer, text, table, keyTable }) => [
    sql`create table lifecycle_policies (
      repository_id ${integer} not null primary key references repositories (id) on delete cascade,
      id ${text} not null,
      text ${text} not null,
      language ${text} not null,
      put_at ${integer} not null,
      last_evaluated_at ${integer}
    ) ${keyTable}`,

    sql`create table lifecycle_previews (
      repository_id ${integer} not null primary key references repositories (id) on delete cascade,
      text ${text} not null,
      language ${text} not null,
      status ${text} not null,
      started_at ${integer} not null,
      run ${integer} not null,
      expiring ${integer} not null
    ) ${keyTable}`,

    // A million results are some thousand rows: each holds a few hundred, as JSON.
    sql`create table lifecycle_preview_chunks (
      repository_id ${integer} not null references repositories (id) on delete cascade,
      run ${integer} not null,
      place ${integer} not null,
      newest_at ${integer} not null,
      oldest_at ${integer} not null,
      results ${text} not null,
      primary key (repository_id, run, place)
    ) ${table}`,
  ],
}
