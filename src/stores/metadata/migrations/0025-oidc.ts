import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Issuers of tokens that accounts believe; their lists are JSON arrays. */
export const oidc: Migration = {
  name: '0025-oidc',
  statements: ({ integer, text, keyTable }) => [
    sql`create table oidc_providers (
      account_id ${text} not null,
      issuer ${text} not null,
      client_ids ${text} not null,
      thumbprints ${text} not null,
      created_at ${integer} not null,
      primary key (account_id, issuer)
    ) ${keyTable}`,
  ],
}
