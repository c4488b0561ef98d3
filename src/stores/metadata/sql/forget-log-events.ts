import { type Kysely, sql } from 'kysely'
import { eventOverhead } from '../../../core/log-events/log-event.ts'
import type { Schema } from '../schema.ts'
import { forgetLeftovers } from './leftovers.ts'

const day = 24 * 60 * 60 * 1000

/** Deletes at most so many events that nobody is to find any more, first those of what is deleted; resolves to how many. */
export async function forgetLogEvents(tx: Kysely<Schema>, now: Date, limit: number): Promise<number> {
  const left = await forgetLeftovers(tx, ['log-group', 'log-stream'], limit)
  return left > 0 ? left : forgetExpired(tx, now, limit)
}

/** The oldest events of one group that keeps them no longer. */
async function forgetExpired(tx: Kysely<Schema>, now: Date, limit: number): Promise<number> {
  const oldest = sql<number>`${now.getTime()} - retention_days * cast(${day} as bigint)`
  const rows = await tx
    .selectFrom('log_groups')
    .innerJoin('log_events', 'log_events.group_id', 'log_groups.id')
    .select(['log_events.id', 'stream_id', sql<number>`octet_length(message)`.as('bytes')])
    .where('retention_days', 'is not', null)
    .where('at', '<', oldest)
    .limit(limit)
    .execute()
  if (rows.length === 0) return 0
  await tx
    .deleteFrom('log_events')
    .where(
      'id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  for (const [stream, events] of Map.groupBy(rows, ({ stream_id }) => stream_id)) {
    const bytes = events.reduce((sum, event) => sum + event.bytes + eventOverhead, 0)
    await tx
      .updateTable('log_streams')
      .set({ stored_bytes: sql<number>`stored_bytes - ${bytes}` })
      .where('id', '=', stream)
      .execute()
  }
  return rows.length
}
