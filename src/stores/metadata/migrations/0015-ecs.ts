import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Clusters, their tasks, and what those are made from. */
export const ecs: Migration = {
  name: '0015-ecs',
  statements: ({ integer, text, table, keyTable }) => [
    sql`create table clusters (
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      status ${text} not null,
      settings ${text} not null,
      primary key (account_id, region, name)
    ) ${keyTable}`,
    sql`create index clusters_by_status on clusters (account_id, region, status, name)`,

    // A revision's number is never given twice, though the revision may be deleted.
    sql`create table task_families (
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      last_revision ${integer} not null,
      primary key (account_id, region, name)
    ) ${keyTable}`,

    sql`create table task_definitions (
      account_id ${text} not null,
      region ${text} not null,
      family ${text} not null,
      revision ${integer} not null,
      status ${text} not null,
      content ${text} not null,
      registered_by ${text} not null,
      registered_at ${integer} not null,
      deregistered_at ${integer},
      primary key (account_id, region, family, revision)
    ) ${table}`,
    sql`create index task_definitions_by_status
      on task_definitions (account_id, region, status, family, revision)`,

    sql`create table tasks (
      account_id ${text} not null,
      region ${text} not null,
      cluster ${text} not null,
      id ${text} not null,
      family ${text} not null,
      started_by ${text},
      client_token ${text},
      desired ${text} not null,
      status ${text} not null,
      content ${text} not null,
      primary key (account_id, region, cluster, id)
    ) ${table}`,
    sql`create index tasks_by_desired on tasks (account_id, region, cluster, desired, id)`,
    sql`create index tasks_by_status on tasks (account_id, region, cluster, status)`,
    sql`create index tasks_by_token on tasks (account_id, region, cluster, client_token)`,
  ],
}
