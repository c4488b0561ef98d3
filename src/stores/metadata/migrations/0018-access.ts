import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * Names of accounts, the server's own among them; permissions boundaries; sessions of accounts' roots; and when keys were last used.
 * `accounts.alias` is empty from here on: SQLite can't drop a column that is unique.
 */
export const access: Migration = {
  name: '0018-access',
  statements: ({ integer, text, keyTable }) => [
    sql`create table account_aliases (
      account_id ${text} not null primary key,
      alias ${text} not null unique
    ) ${keyTable}`,
    sql`insert into account_aliases (account_id, alias)
      select id, alias from accounts where alias is not null`,
    sql`update accounts set alias = null`,

    // AWS's own policies are in no table, so that nothing is referenced here.
    sql`create table iam_boundaries (
      entity_id ${text} not null primary key references iam_entities (id) on delete cascade,
      policy_arn ${text} not null
    ) ${keyTable}`,
    sql`create index iam_boundaries_by_policy on iam_boundaries (policy_arn, entity_id)`,

    // A key without an entity is one of a session of the account's root.
    sql`create table iam_keys (
      id ${text} not null primary key,
      account_id ${text} not null,
      entity_id ${text} references iam_entities (id) on delete cascade,
      encrypted_secret ${text} not null,
      encrypted_token ${text},
      session ${text},
      status ${text} not null,
      created_at ${integer} not null,
      expires_at ${integer},
      last_used_at ${integer},
      last_used_service ${text},
      last_used_region ${text}
    ) ${keyTable}`,
    sql`insert into iam_keys (id, account_id, entity_id, encrypted_secret, encrypted_token, session, status,
        created_at, expires_at)
      select c.id, e.account_id, c.entity_id, c.encrypted_secret, c.encrypted_token, c.session, c.status,
        c.created_at, c.expires_at
      from iam_credentials c join iam_entities e on e.id = c.entity_id`,
    sql`drop table iam_credentials`,
    sql`create index iam_keys_by_entity on iam_keys (entity_id, id)`,
    sql`create index iam_keys_by_end on iam_keys (expires_at) where expires_at is not null`,
  ],
}
