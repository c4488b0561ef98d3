import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Where vulnerabilities are, which of them somebody has accepted, and which images can't be pulled for them. */
export const findings: Migration = {
  name: '0020-findings',
  statements: ({ identity, integer, text, table, keyTable }) => [
    // What findings say of a package is the same in thousands of images: said once, an image needs two numbers for each.
    sql`create table vulnerable_packages (
      id ${identity},
      vulnerability ${text} not null,
      format ${text} not null,
      package_name ${text} not null,
      package_version ${text} not null,
      severity ${text} not null,
      fixed_in ${text} not null,
      unique (vulnerability, format, package_name, package_version, severity, fixed_in)
    ) ${table}`,
    sql`create table vulnerable_images (
      package_id ${integer} not null references vulnerable_packages (id),
      image_id ${integer} not null references images (id) on delete cascade,
      primary key (package_id, image_id)
    ) ${keyTable}`,
    sql`create index vulnerable_images_by_image on vulnerable_images (image_id)`,

    sql`create table accepted_findings (
      account_id ${text} not null,
      region ${text} not null,
      vulnerability ${text} not null,
      repository_name ${text} not null,
      digest ${text} not null,
      package_name ${text} not null,
      status ${text} not null,
      reason ${text} not null,
      justification ${text},
      expires_at ${integer},
      accepted_by ${text} not null,
      accepted_at ${integer} not null,
      primary key (account_id, region, vulnerability, repository_name, digest, package_name)
    ) ${table}`,

    sql`create table pull_gates (
      repository_id ${integer} not null primary key references repositories (id) on delete cascade,
      severity ${text} not null,
      unscanned ${text} not null
    ) ${keyTable}`,
  ],
}
