import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Policies of repositories and registries, the settings of registries, and accounts beside the server's own. */
export const policies: Migration = {
  name: '0008-policies',
  statements: ({ integer, text, keyTable }) => [
    sql`create table repository_policies (
      repository_id ${integer} not null primary key references repositories (id) on delete cascade,
      text ${text} not null
    ) ${keyTable}`,

    sql`create table registry_policies (
      account_id ${text} not null,
      region ${text} not null,
      text ${text} not null,
      primary key (account_id, region)
    ) ${keyTable}`,

    sql`create table account_settings (
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      value ${text} not null,
      primary key (account_id, region, name)
    ) ${keyTable}`,

    sql`create table accounts (
      id ${text} not null primary key,
      alias ${text} unique,
      created_at ${integer} not null
    ) ${keyTable}`,

    sql`create table access_keys (
      id ${text} not null primary key,
      account_id ${text} not null references accounts (id) on delete cascade,
      encrypted_secret ${text} not null,
      created_at ${integer} not null
    ) ${keyTable}`,
    sql`create index access_keys_by_account on access_keys (account_id, id)`,
  ],
}
