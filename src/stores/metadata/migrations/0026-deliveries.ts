import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What each try of a delivery was answered, and a receiver's deliveries in their order. */
export const deliveries: Migration = {
  name: '0026-deliveries',
  statements: ({ text }) => [
    sql`alter table deliveries add column tries ${text}`,
    sql`create index deliveries_by_receiver on deliveries (account_id, region, lane, id)`,
  ],
}
