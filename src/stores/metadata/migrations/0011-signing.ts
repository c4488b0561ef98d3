import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Which images are signed with whose keys, those keys, and how each signature stands. */
export const signing: Migration = {
  name: '0011-signing',
  statements: ({ integer, text, keyTable }) => [
    sql`create table signing_rules (
      account_id ${text} not null,
      region ${text} not null,
      rules ${text} not null,
      primary key (account_id, region)
    ) ${keyTable}`,

    sql`create table image_signing_keys (
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      chain ${text} not null,
      sealed_key ${text} not null,
      created_at ${integer} not null,
      primary key (account_id, region, name)
    ) ${keyTable}`,

    sql`create table signings (
      repository_id ${integer} not null,
      digest ${text} not null,
      profile ${text} not null,
      status ${text} not null,
      failure_code ${text},
      failure_reason ${text},
      actor ${text} not null,
      primary key (repository_id, digest, profile),
      foreign key (repository_id, digest) references images (repository_id, digest) on delete cascade
    ) ${keyTable}`,
  ],
}
