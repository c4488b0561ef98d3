import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What happened, on its way to the rules and from there to whoever wants to know. */
export const events: Migration = {
  name: '0012-events',
  statements: ({ identity, text, table }) => [
    sql`create table outbox (
      id ${identity},
      account_id ${text} not null,
      region ${text} not null,
      bus ${text} not null,
      event ${text} not null
    ) ${table}`,
  ],
}
