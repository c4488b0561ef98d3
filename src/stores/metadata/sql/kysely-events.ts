import type { Kysely, Selectable } from 'kysely'
import type { EventReader, EventWriter, SentEvent, WaitingEvent } from '../events.ts'
import type { OutboxTable, Schema } from '../schema.ts'
import { preparedQuery } from './prepared-query.ts'

/** Rows of one statement: databases allow only so many values. */
const rowsAtOnce = 1_000

const tables = [
  'outbox',
  'event_rules',
  'event_buses',
  'event_things',
  'topics',
  'arn_tags',
  'deliveries',
  'mailbox',
  'log_groups',
  'log_streams',
  'log_events',
  'event_archives',
  'archived_events',
  'event_replays',
  'queues',
  'queue_messages',
  'leftovers',
] as const

export function eventReader(db: Kysely<Schema>): EventReader {
  const waiting = preparedQuery(db, (limit: number) =>
    db.selectFrom('outbox').selectAll().orderBy('id').limit(limit),
  )
  return {
    async waiting(limit) {
      const rows = await waiting(limit)
      return rows.map(toWaiting)
    },
  }
}

export function eventWriter(tx: Kysely<Schema>): EventWriter {
  return {
    async add(events) {
      for (let begin = 0; begin < events.length; begin += rowsAtOnce) {
        const rows = events.slice(begin, begin + rowsAtOnce).map(toRow)
        await tx.insertInto('outbox').values(rows).execute()
      }
    },

    async remove(ids) {
      if (ids.length === 0) return
      await tx.deleteFrom('outbox').where('id', 'in', ids).execute()
    },

    async deleteAll() {
      for (const table of tables) await tx.deleteFrom(table).execute()
    },
  }
}

function toWaiting(row: Selectable<OutboxTable>): WaitingEvent {
  const bus = { account: row.account_id, region: row.region, name: row.bus }
  return {
    id: row.id,
    bus,
    hops: row.hops,
    event: JSON.parse(row.event),
    ...(row.only_rules !== null && { onlyRules: JSON.parse(row.only_rules) }),
  }
}

function toRow({ bus: { account, region, name }, event, hops = 0, onlyRules }: SentEvent) {
  return {
    account_id: account,
    region,
    bus: name,
    hops,
    event: JSON.stringify(event),
    only_rules: onlyRules === undefined ? null : JSON.stringify(onlyRules),
  }
}
