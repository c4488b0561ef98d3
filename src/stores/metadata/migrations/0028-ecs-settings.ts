import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Where clusters keep the output of commands, and the instances that tasks are on. */
export const ecsSettings: Migration = {
  name: '0028-ecs-settings',
  statements: ({ text }) => [
    sql`alter table clusters add column exec_logging ${text}`,
    sql`alter table tasks add column instance ${text}`,
  ],
}
