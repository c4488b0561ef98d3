import { type Kysely, sql } from 'kysely'
import type { JobWriter, LeasedJob } from '../jobs.ts'
import type { Schema } from '../schema.ts'
import type { SqlDialect } from './sql-dialect.ts'

type Wanted = Parameters<JobWriter['take']>[0]

/**
 * Leases what is due. Workers don't wait for each other: what one is about to take, the next passes over. What was asked for
 * by now is met by this run; what was asked for later is not.
 */
export async function takeJobs(
  tx: Kysely<Schema>,
  dialect: SqlDialect,
  wanted: Wanted,
): Promise<LeasedJob[]> {
  const keys = await keysOfDue(tx, dialect, wanted)
  if (keys.length === 0) return []
  const { kind, lease, now, until } = wanted
  const rows = await tx
    .updateTable('jobs')
    .set({
      lease,
      due_at: until.getTime(),
      again_at: sql<number | null>`case when again_at <= ${now.getTime()} then null else again_at end`,
      attempts: sql<number>`attempts + 1`,
    })
    .where('kind', '=', kind)
    .where('key', 'in', keys)
    .returning(['key', 'attempts'])
    .execute()
  return rows.map(({ key, attempts }) => ({ kind, key, lease, attempt: attempts }))
}

async function keysOfDue(
  tx: Kysely<Schema>,
  { locksRows }: SqlDialect,
  { kind, limit, now }: Wanted,
): Promise<string[]> {
  const query = tx
    .selectFrom('jobs')
    .select('key')
    .where('kind', '=', kind)
    .where('due_at', '<=', now.getTime())
    .orderBy('due_at')
    .limit(limit)
  const rows = await (locksRows ? query.forUpdate().skipLocked() : query).execute()
  return rows.map(({ key }) => key)
}
