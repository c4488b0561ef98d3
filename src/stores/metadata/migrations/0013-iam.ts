import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Users, groups and roles, their credentials, and the policies that hang on them. */
export const iam: Migration = {
  name: '0013-iam',
  statements: ({ integer, text, keyTable }) => [
    sql`create table iam_entities (
      id ${text} not null primary key,
      account_id ${text} not null,
      kind ${text} not null,
      name ${text} not null,
      folded_name ${text} not null,
      path ${text} not null,
      created_at ${integer} not null,
      details ${text} not null,
      unique (account_id, kind, folded_name)
    ) ${keyTable}`,

    sql`create table iam_memberships (
      group_id ${text} not null references iam_entities (id) on delete cascade,
      user_id ${text} not null references iam_entities (id) on delete cascade,
      primary key (user_id, group_id)
    ) ${keyTable}`,
    sql`create index iam_memberships_by_group on iam_memberships (group_id, user_id)`,

    // Keys of users, and the keys of sessions, which have a token and an end.
    sql`create table iam_credentials (
      id ${text} not null primary key,
      entity_id ${text} not null references iam_entities (id) on delete cascade,
      encrypted_secret ${text} not null,
      encrypted_token ${text},
      session ${text},
      status ${text} not null,
      created_at ${integer} not null,
      expires_at ${integer}
    ) ${keyTable}`,
    sql`create index iam_credentials_by_entity on iam_credentials (entity_id, id)`,
    sql`create index iam_credentials_by_end on iam_credentials (expires_at) where expires_at is not null`,

    sql`create table iam_policies (
      arn ${text} not null primary key,
      id ${text} not null,
      account_id ${text} not null,
      name ${text} not null,
      folded_name ${text} not null,
      path ${text} not null,
      description ${text},
      default_version ${integer} not null,
      last_version ${integer} not null,
      created_at ${integer} not null,
      updated_at ${integer} not null,
      unique (account_id, folded_name)
    ) ${keyTable}`,

    sql`create table iam_policy_versions (
      policy_arn ${text} not null references iam_policies (arn) on delete cascade,
      version ${integer} not null,
      document ${text} not null,
      created_at ${integer} not null,
      primary key (policy_arn, version)
    ) ${keyTable}`,

    sql`create table iam_inline_policies (
      entity_id ${text} not null references iam_entities (id) on delete cascade,
      name ${text} not null,
      document ${text} not null,
      primary key (entity_id, name)
    ) ${keyTable}`,

    // AWS's own policies are in no table, so that nothing is referenced here.
    sql`create table iam_attachments (
      entity_id ${text} not null references iam_entities (id) on delete cascade,
      policy_arn ${text} not null,
      primary key (entity_id, policy_arn)
    ) ${keyTable}`,
    sql`create index iam_attachments_by_policy on iam_attachments (policy_arn, entity_id)`,
  ],
}
