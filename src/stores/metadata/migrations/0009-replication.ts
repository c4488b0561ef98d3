import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Where images go as well, and how each stands with each of those registries. */
export const replication: Migration = {
  name: '0009-replication',
  statements: ({ integer, text, keyTable }) => [
    sql`create table replication_rules (
      account_id ${text} not null,
      region ${text} not null,
      rules ${text} not null,
      primary key (account_id, region)
    ) ${keyTable}`,

    sql`create table replications (
      repository_id ${integer} not null,
      digest ${text} not null,
      destination_account ${text} not null,
      destination_region ${text} not null,
      status ${text} not null,
      failure_code ${text},
      tags ${text} not null,
      primary key (repository_id, digest, destination_account, destination_region),
      foreign key (repository_id, digest) references images (repository_id, digest) on delete cascade
    ) ${keyTable}`,
  ],
}
