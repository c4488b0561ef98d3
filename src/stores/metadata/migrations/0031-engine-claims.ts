import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** By which marks a Berth knows its own on an engine. Where there were clusters before, the first is the one that follows from its keys. */
export const engineClaims: Migration = {
  name: '0031-engine-claims',
  statements: ({ integer, text, table }) => [
    sql`create table engine_claims (
      number ${integer} not null primary key,
      mark ${text},
      token ${text} not null,
      place ${text},
      run ${text}
    ) ${table}`,
    sql`insert into engine_claims (number, token) select 0, '' where exists (select 1 from clusters)`,
  ],
}
