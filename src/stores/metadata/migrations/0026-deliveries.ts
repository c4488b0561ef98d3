import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What each try of a delivery was answered, a receiver's deliveries in their order, and moves of dead letters. */
export const deliveries: Migration = {
  name: '0026-deliveries',
  statements: ({ text, integer, table }) => [
    sql`alter table deliveries add column tries ${text}`,
    sql`create index deliveries_by_receiver on deliveries (account_id, region, lane, id)`,

    sql`create table queue_moves (
      id ${text} not null primary key,
      queue_id ${integer} not null,
      content ${text} not null,
      started_at ${integer} not null
    ) ${table}`,
    sql`create index queue_moves_of_queue on queue_moves (queue_id, started_at, id)`,
  ],
}
