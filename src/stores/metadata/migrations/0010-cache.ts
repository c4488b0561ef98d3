import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Templates for repositories that Berth makes by itself, and what is cached of other registries. */
export const cache: Migration = {
  name: '0010-cache',
  statements: ({ integer, text, table, keyTable }) => [
    // What is compared of the prefix is its path; beside it stands what the user wrote.
    sql`create table creation_templates (
      account_id ${text} not null,
      region ${text} not null,
      path ${text} not null,
      prefix ${text} not null,
      description ${text},
      applied_for ${text} not null,
      tag_mutability ${text} not null,
      tag_mutability_exclusions ${text} not null,
      encryption_type ${text} not null,
      kms_key ${text},
      resource_tags ${text} not null,
      repository_policy ${text},
      lifecycle_policy ${text},
      custom_role_arn ${text},
      created_at ${integer} not null,
      updated_at ${integer} not null,
      primary key (account_id, region, path)
    ) ${table}`,

    sql`create table cache_rules (
      account_id ${text} not null,
      region ${text} not null,
      path ${text} not null,
      prefix ${text} not null,
      upstream_url ${text} not null,
      upstream_kind ${text},
      upstream_prefix ${text} not null,
      credential_arn ${text},
      custom_role_arn ${text},
      created_at ${integer} not null,
      updated_at ${integer} not null,
      primary key (account_id, region, path)
    ) ${table}`,

    // Beside the tags: one that somebody pushed here is on another digest, and is left alone.
    sql`create table upstream_tags (
      repository_id ${integer} not null references repositories (id) on delete cascade,
      name ${text} not null,
      digest ${text} not null,
      checked_at ${integer} not null,
      primary key (repository_id, name)
    ) ${keyTable}`,

    sql`create table upstream_referrers (
      repository_id ${integer} not null references repositories (id) on delete cascade,
      subject ${text} not null,
      checked_at ${integer} not null,
      primary key (repository_id, subject)
    ) ${keyTable}`,
  ],
}
