import { type Kysely, sql } from 'kysely'
import type { Event } from '../../../core/events/event.ts'
import type { ArchiveWriter } from '../archives.ts'
import type { Schema } from '../schema.ts'
import { selectReplay, toReplay } from './kysely-archive-reader.ts'
import { forgetLeftovers, noteLeftover } from './leftovers.ts'
import type { SqlDialect } from './sql-dialect.ts'

const day = 24 * 60 * 60 * 1000

export function archiveWriter(tx: Kysely<Schema>, { locksRows }: SqlDialect): ArchiveWriter {
  return {
    async addArchive({ account, region, name, bus, description, pattern, retentionDays, createdAt }) {
      await tx
        .insertInto('event_archives')
        .values({
          account_id: account,
          region,
          name,
          bus: bus.name,
          description: description ?? null,
          pattern: pattern ?? null,
          retention_days: retentionDays,
          created_at: createdAt.getTime(),
        })
        .execute()
    },

    async changeArchive({ id, description = null, pattern = null, retentionDays }) {
      await tx
        .updateTable('event_archives')
        .set({ description, pattern, retention_days: retentionDays })
        .where('id', '=', id)
        .execute()
    },

    async deleteArchive({ id }) {
      await noteLeftover(tx, 'archive', id)
      await tx.deleteFrom('event_archives').where('id', '=', id).execute()
    },

    async keep({ id }, events) {
      if (events.length === 0) return
      const rows = events.map((event) => toRow(id, event))
      await tx.insertInto('archived_events').values(rows).execute()
      await count(tx, id, { events: rows.length, bytes: bytesOf(rows) })
    },

    forgetArchived: (now, limit) => forgetArchived(tx, now, limit),

    async putReplay(replay) {
      const { account, region, name, archive, state, ...content } = replay
      const row = { account_id: account, region, name, archive, state, content: JSON.stringify(content) }
      await tx
        .insertInto('event_replays')
        .values(row)
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'name']).doUpdateSet(row))
        .execute()
    },

    async lockReplay(key) {
      const query = selectReplay(tx, key)
      const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
      return row && toReplay(row)
    },
  }
}

function toRow(archiveId: number, event: Event) {
  return { archive_id: archiveId, at: Date.parse(event.time), event: JSON.stringify(event) }
}

function bytesOf(rows: readonly { readonly event: string }[]): number {
  return rows.reduce((sum, { event }) => sum + Buffer.byteLength(event), 0)
}

/** Notes that an archive has so many more, or fewer. */
async function count(
  tx: Kysely<Schema>,
  id: number,
  { events, bytes }: { readonly events: number; readonly bytes: number },
): Promise<void> {
  await tx
    .updateTable('event_archives')
    .set({ event_count: sql<number>`event_count + ${events}`, bytes: sql<number>`bytes + ${bytes}` })
    .where('id', '=', id)
    .execute()
}

async function forgetArchived(tx: Kysely<Schema>, now: Date, limit: number): Promise<number> {
  const left = await forgetLeftovers(tx, ['archive'], limit)
  if (left > 0) return left
  const oldest = sql<number>`${now.getTime()} - retention_days * cast(${day} as bigint)`
  const rows = await tx
    .selectFrom('event_archives')
    .innerJoin('archived_events', 'archived_events.archive_id', 'event_archives.id')
    .select(['archived_events.id', 'archive_id', 'event'])
    .where('retention_days', '>', 0)
    .where('at', '<', oldest)
    .limit(limit)
    .execute()
  if (rows.length === 0) return 0
  const ids = rows.map(({ id }) => id)
  await tx.deleteFrom('archived_events').where('id', 'in', ids).execute()
  for (const [archive, events] of Map.groupBy(rows, ({ archive_id }) => archive_id)) {
    await count(tx, archive, { events: -events.length, bytes: -bytesOf(events) })
  }
  return rows.length
}
