import { type Kysely, sql } from 'kysely'
import type { LogWriter } from '../logs.ts'
import type { Schema } from '../schema.ts'
import { forgetLogEvents } from './forget-log-events.ts'
import { noteLeftover } from './leftovers.ts'

/** Rows of one statement: databases allow only so many values. */
const rowsAtOnce = 1_000

export function logWriter(tx: Kysely<Schema>): LogWriter {
  return {
    async addGroup({ account, region, name, retentionInDays = null, createdAt }) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('log_groups')
        .values({
          account_id: account,
          region,
          name,
          retention_days: retentionInDays,
          created_at: createdAt.getTime(),
        })
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'name']).doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },

    async setRetention({ id }, days) {
      const retention = { retention_days: days ?? null }
      await tx.updateTable('log_groups').set(retention).where('id', '=', id).execute()
    },

    async deleteGroup({ id }) {
      await noteLeftover(tx, 'log-group', id)
      await tx.deleteFrom('log_streams').where('group_id', '=', id).execute()
      await tx.deleteFrom('log_groups').where('id', '=', id).execute()
    },

    async addStream({ id }, { name, createdAt }) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('log_streams')
        .values({ group_id: id, name, created_at: createdAt.getTime() })
        .onConflict((conflict) => conflict.columns(['group_id', 'name']).doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },

    async deleteStream({ id }) {
      await noteLeftover(tx, 'log-stream', id)
      await tx.deleteFrom('log_streams').where('id', '=', id).execute()
    },

    async append({ id, groupId }, { events, bytes, at }) {
      const times = events.map(({ timestamp }) => timestamp)
      const [first, last] = [Math.min(...times), Math.max(...times)]
      // First of all, since this holds the stream's row: whoever deletes it waits.
      const { numUpdatedRows } = await tx
        .updateTable('log_streams')
        .set({
          first_event_at: sql<number>`case when last_ingested_at = 0 or first_event_at > ${first} then ${first} else first_event_at end`,
          last_event_at: sql<number>`case when last_event_at < ${last} then ${last} else last_event_at end`,
          last_ingested_at: at.getTime(),
          stored_bytes: sql<number>`stored_bytes + ${bytes}`,
        })
        .where('id', '=', id)
        .executeTakeFirst()
      if (numUpdatedRows === 0n) return false
      const rows = events.map(({ timestamp, message }) => ({
        group_id: groupId,
        stream_id: id,
        at: timestamp,
        ingested_at: at.getTime(),
        message,
      }))
      for (let begin = 0; begin < rows.length; begin += rowsAtOnce) {
        await tx
          .insertInto('log_events')
          .values(rows.slice(begin, begin + rowsAtOnce))
          .execute()
      }
      return true
    },

    forget: (now, limit) => forgetLogEvents(tx, now, limit),
  }
}
