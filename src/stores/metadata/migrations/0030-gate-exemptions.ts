import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Who may pull images that a gate stops: ARN patterns, as a JSON array. */
export const gateExemptions: Migration = {
  name: '0030-gate-exemptions',
  statements: ({ text }) => [sql`alter table pull_gates add column exempt ${text} not null default '[]'`],
}
