import type { Kysely } from 'kysely'
import type { EventReader, EventWriter, SentEvent } from '../events.ts'
import type { Schema } from '../schema.ts'
import { preparedQuery } from './prepared-query.ts'

/** Rows of one statement: databases allow only so many values. */
const rowsAtOnce = 1_000

export function eventReader(db: Kysely<Schema>): EventReader {
  const waiting = preparedQuery(db, (limit: number) =>
    db.selectFrom('outbox').select(['id', 'bus', 'event']).orderBy('id').limit(limit),
  )
  return {
    async waiting(limit) {
      const rows = await waiting(limit)
      return rows.map(({ id, bus, event }) => ({ id, bus, event: JSON.parse(event) }))
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
  }
}

function toRow({ bus, event }: SentEvent) {
  return { account_id: event.account, region: event.region, bus, event: JSON.stringify(event) }
}
