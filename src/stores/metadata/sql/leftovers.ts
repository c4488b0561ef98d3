import type { Kysely } from 'kysely'
import type { LeftoverKind } from '../schema/work.ts'
import type { Schema } from '../schema.ts'

/** Where the rows are that are left of each kind of thing. */
const places = {
  'log-group': { table: 'log_events', column: 'group_id' },
  'log-stream': { table: 'log_events', column: 'stream_id' },
  queue: { table: 'queue_messages', column: 'queue_id' },
  archive: { table: 'archived_events', column: 'archive_id' },
} as const satisfies Record<LeftoverKind, object>

/** Notes that something is deleted whose many rows go by and by. */
export async function noteLeftover(tx: Kysely<Schema>, kind: LeftoverKind, id: number): Promise<void> {
  await tx
    .insertInto('leftovers')
    .values({ kind, id })
    .onConflict((conflict) => conflict.columns(['kind', 'id']).doNothing())
    .execute()
}

/**
 * Deletes at most so many rows of one thing that is deleted; the note of it goes when none is left. Resolves to how many, one more than
 * none where a note went, so that the next has its turn.
 */
export async function forgetLeftovers(
  tx: Kysely<Schema>,
  kinds: readonly LeftoverKind[],
  limit: number,
): Promise<number> {
  const leftover = await tx
    .selectFrom('leftovers')
    .selectAll()
    .where('kind', 'in', kinds)
    .orderBy('kind')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (leftover === undefined) return 0
  const { kind, id } = leftover
  const deleted = await deleteRows(tx, kind, id, limit)
  if (deleted < limit) {
    // One that was made while its group was being deleted.
    if (kind === 'log-group') await tx.deleteFrom('log_streams').where('group_id', '=', id).execute()
    await tx.deleteFrom('leftovers').where('kind', '=', kind).where('id', '=', id).execute()
  }
  return Math.max(1, deleted)
}

async function deleteRows(
  tx: Kysely<Schema>,
  kind: LeftoverKind,
  id: number,
  limit: number,
): Promise<number> {
  const { table, column } = places[kind]
  const some = tx.selectFrom(table).select('id').where(column, '=', id).limit(limit)
  const { numDeletedRows } = await tx.deleteFrom(table).where('id', 'in', some).executeTakeFirst()
  return Number(numDeletedRows)
}
