import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What requests to ECS have begun, what is said of its instances and accounts, and what became of deployments. */
export const ecsOperations: Migration = {
  name: '0027-ecs-operations',
  statements: ({ integer, text, table, keyTable }) => [
    // A token is used once, whichever process is asked first.
    sql`create table client_tokens (
      account_id ${text} not null,
      region ${text} not null,
      cluster ${text} not null,
      token ${text} not null,
      request ${text} not null,
      tasks ${text} not null,
      used_at ${integer} not null,
      primary key (account_id, region, cluster, token)
    ) ${table}`,

    sql`create table container_instances (
      account_id ${text} not null,
      region ${text} not null,
      cluster ${text} not null,
      id ${text} not null,
      status ${text} not null,
      attributes ${text} not null,
      version ${integer} not null,
      primary key (account_id, region, cluster, id)
    ) ${keyTable}`,

    sql`create table ecs_account_settings (
      account_id ${text} not null,
      region ${text} not null,
      principal ${text} not null,
      name ${text} not null,
      value ${text} not null,
      primary key (account_id, region, principal, name)
    ) ${keyTable}`,

    sql`create table service_deployments (
      account_id ${text} not null,
      region ${text} not null,
      cluster ${text} not null,
      service ${text} not null,
      id ${text} not null,
      status ${text} not null,
      created_at ${integer} not null,
      content ${text} not null,
      primary key (account_id, region, cluster, service, id)
    ) ${table}`,
    sql`create index service_deployments_by_age
      on service_deployments (account_id, region, cluster, service, created_at, id)`,
  ],
}
