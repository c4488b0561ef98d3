import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Logins for machines, and the audit trail. */
export const people: Migration = {
  name: '0019-people',
  statements: ({ identity, integer, text, table, keyTable }) => [
    sql`create table robots (
      id ${text} not null primary key,
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      secret_hash ${text} not null,
      content ${text} not null,
      created_at ${integer} not null,
      expires_at ${integer},
      last_used_at ${integer},
      unique (account_id, region, name)
    ) ${keyTable}`,

    sql`create table audit_trail (
      id ${identity},
      account_id ${text} not null,
      at ${integer} not null,
      principal ${text} not null,
      action ${text} not null,
      repository ${text},
      outcome ${text} not null,
      content ${text} not null
    ) ${table}`,
    sql`create index audit_trail_by_account on audit_trail (account_id, at, id)`,
    sql`create index audit_trail_by_principal on audit_trail (account_id, principal, at, id)`,
    sql`create index audit_trail_by_action on audit_trail (account_id, action, at, id)`,
    sql`create index audit_trail_by_repository on audit_trail (account_id, repository, at, id)`,
    sql`create index audit_trail_by_outcome on audit_trail (account_id, outcome, at, id)`,
    sql`create index audit_trail_by_time on audit_trail (at)`,
  ],
}
