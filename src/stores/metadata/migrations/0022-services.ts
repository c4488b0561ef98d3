import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Services of ECS, and which tasks are whose. */
export const services: Migration = {
  name: '0022-services',
  statements: ({ text, table }) => [
    sql`create table services (
      account_id ${text} not null,
      region ${text} not null,
      cluster ${text} not null,
      name ${text} not null,
      status ${text} not null,
      scheduling_strategy ${text} not null,
      content ${text} not null,
      events ${text} not null,
      primary key (account_id, region, cluster, name)
    ) ${table}`,
    sql`create index services_by_status on services (account_id, region, cluster, status, name)`,
    sql`alter table tasks add column service ${text}`,
    sql`create index tasks_by_service on tasks (account_id, region, cluster, service, status)
      where service is not null`,
    sql`create index tasks_that_remain on tasks (status) where status <> 'STOPPED'`,
  ],
}
