import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Templates for repositories that Berth makes by itself. */
export const cache: Migration = {
  name: '0010-cache',
  statements: ({ integer, text, table }) => [
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
  ],
}
