import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** When and where sessions of roles last asked for something. */
export const roleUses: Migration = {
  name: '0023-role-uses',
  statements: ({ integer, text }) => [
    sql`alter table iam_entities add column last_used_at ${integer}`,
    sql`alter table iam_entities add column last_used_region ${text}`,
  ],
}
