import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Who holds an upload open. */
export const uploadHolders: Migration = {
  name: '0004-upload-holders',
  statements: ({ text }) => [
    sql`alter table uploads add column started_by ${text}`,
    sql`create index uploads_by_holder on uploads (started_by) where started_by is not null`,
  ],
}
