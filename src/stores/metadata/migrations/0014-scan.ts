import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What is known to be wrong with packages, which packages layers have, and what scans of images have found. */
export const scan: Migration = {
  name: '0014-scan',
  statements: ({ integer, text, table, keyTable }) => [
    // The words come last: SQLite then reads the others without walking over them.
    sql`create table advisories (
      id ${text} not null primary key,
      modified_at ${integer} not null,
      published_at ${integer},
      names ${text} not null,
      url ${text} not null,
      link_urls ${text} not null,
      description ${text} not null
    ) ${table}`,

    sql`create table advisory_packages (
      ecosystem ${text} not null,
      name ${text} not null,
      advisory_id ${text} not null references advisories (id) on delete cascade,
      affected ${text} not null,
      primary key (ecosystem, name, advisory_id)
    ) ${keyTable}`,
    sql`create index advisory_packages_by_advisory on advisory_packages (advisory_id)`,

    sql`create table advisory_feeds (
      ecosystem ${text} not null primary key,
      updated_at ${integer} not null,
      newest_at ${integer} not null
    ) ${keyTable}`,

    sql`create table layer_inventories (
      digest ${text} not null primary key references blobs (digest) on delete cascade,
      reader ${integer} not null,
      inventory ${text} not null
    ) ${table}`,

    sql`create table image_scans (
      repository_id ${integer} not null,
      digest ${text} not null,
      type ${text} not null,
      status ${text} not null,
      description ${text} not null,
      started_at ${integer} not null,
      completed_at ${integer},
      source_updated_at ${integer},
      run ${integer} not null,
      severity_counts ${text} not null,
      fingerprint ${text} not null,
      primary key (repository_id, digest),
      foreign key (repository_id, digest) references images (repository_id, digest) on delete cascade
    ) ${keyTable}`,

    // The findings of the Linux kernel are thousands: each row holds a hundred, as JSON.
    sql`create table scan_findings (
      repository_id ${integer} not null,
      digest ${text} not null,
      run ${integer} not null,
      place ${integer} not null,
      findings ${text} not null,
      primary key (repository_id, digest, run, place),
      foreign key (repository_id, digest) references image_scans (repository_id, digest) on delete cascade
    ) ${table}`,

    sql`create table scanning_configurations (
      account_id ${text} not null,
      region ${text} not null,
      configuration ${text} not null,
      previous ${text} not null,
      primary key (account_id, region)
    ) ${keyTable}`,
  ],
}
