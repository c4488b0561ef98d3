import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import type { NewQueueMessage, Queue, QueueMessage } from '../../../core/queues/queue.ts'
import type { QueueMessageReader, QueueMessageWriter, Receipt } from '../queues.ts'
import type { QueueMessageTable } from '../schema/queues.ts'
import type { Schema } from '../schema.ts'
import { forgetLeftovers } from './leftovers.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function queueMessageReader(db: Kysely<Schema>): QueueMessageReader {
  return {
    async counts({ id }, now) {
      const at = now.getTime()
      const counted = await db
        .selectFrom('queue_messages')
        .select([
          countWhere(sql`visible_at <= ${at}`).as('visible'),
          countWhere(sql`visible_at > ${at} and receives > 0`).as('in_flight'),
          countWhere(sql`visible_at > ${at} and receives = 0`).as('delayed'),
        ])
        .where('queue_id', '=', id)
        .where('until', '>', at)
        .executeTakeFirst()
      const { visible = 0, in_flight: inFlight = 0, delayed = 0 } = counted ?? {}
      return { visible, inFlight, delayed }
    },

    async hasVisible(queue, now) {
      return (await selectVisible(db, queue, now).limit(1).executeTakeFirst()) !== undefined
    },
  }
}

export function queueMessageWriter(tx: Kysely<Schema>, { locksRows }: SqlDialect): QueueMessageWriter {
  return {
    async send({ id }, messages, until) {
      if (messages.length === 0) return
      const rows = messages.map((message) => toRow(id, message, until))
      await tx.insertInto('queue_messages').values(rows).execute()
    },

    async take(queue, { limit, now, visibleAt, handle }) {
      const due = selectVisible(tx, queue, now).limit(limit)
      const found = await (locksRows ? due.forUpdate().skipLocked() : due).execute()
      if (found.length === 0) return []
      const rows = await tx
        .updateTable('queue_messages')
        .set({
          visible_at: visibleAt.getTime(),
          receives: sql<number>`receives + 1`,
          first_received_at: sql<number>`coalesce(first_received_at, ${now.getTime()})`,
          handle,
        })
        .where(
          'id',
          'in',
          found.map((row) => row.id),
        )
        .returningAll()
        .execute()
      return rows.map(toMessage).toSorted((one, other) => one.id - other.id)
    },

    async move(messages, to, { now, until, source }) {
      const ids = messages.map(({ id }) => id)
      if (ids.length === 0) return
      const moved = { queue_id: to.id, visible_at: now.getTime(), until: until.getTime(), source }
      await tx
        .updateTable('queue_messages')
        .set({ ...moved, receives: 0, first_received_at: null, handle: null })
        .where('id', 'in', ids)
        .execute()
    },

    async delete(queue, receipt) {
      await tx.deleteFrom('queue_messages').where(isReceipt(queue, receipt)).execute()
    },

    async hide(queue, receipt, { now, visibleAt }) {
      const { numUpdatedRows } = await tx
        .updateTable('queue_messages')
        .set({ visible_at: visibleAt.getTime() })
        .where(isReceipt(queue, receipt))
        .where('visible_at', '>', now.getTime())
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async purge({ id }) {
      await tx.deleteFrom('queue_messages').where('queue_id', '=', id).execute()
    },

    async forget(now, limit) {
      const left = await forgetLeftovers(tx, ['queue'], limit)
      if (left > 0) return left
      const old = tx
        .selectFrom('queue_messages')
        .select('id')
        .where('until', '<=', now.getTime())
        .limit(limit)
      const { numDeletedRows } = await tx
        .deleteFrom('queue_messages')
        .where('id', 'in', old)
        .executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

function selectVisible(db: Kysely<Schema>, { id }: Queue, now: Date) {
  return db
    .selectFrom('queue_messages')
    .select('id')
    .where('queue_id', '=', id)
    .where('visible_at', '<=', now.getTime())
    .where('until', '>', now.getTime())
    .orderBy('visible_at')
    .orderBy('id')
}

function isReceipt({ id: queue }: Queue, { id, handle }: Receipt) {
  return sql<boolean>`queue_id = ${queue} and id = ${id} and handle = ${handle}`
}

function toRow(queueId: number, message: NewQueueMessage, until: Date) {
  return {
    queue_id: queueId,
    message_id: message.messageId,
    body: message.body,
    attributes: JSON.stringify(message.attributes),
    sender: message.sender,
    sent_at: message.sentAt.getTime(),
    visible_at: message.visibleAt.getTime(),
    until: until.getTime(),
  }
}

function toMessage(row: Selectable<QueueMessageTable>): QueueMessage {
  return {
    id: row.id,
    messageId: row.message_id,
    body: row.body,
    attributes: JSON.parse(row.attributes),
    sender: row.sender,
    sentAt: new Date(row.sent_at),
    visibleAt: new Date(row.visible_at),
    receives: row.receives,
    firstReceivedAt: new Date(row.first_received_at ?? row.sent_at),
    handle: row.handle ?? '',
    ...(row.source !== null && { source: row.source }),
  }
}

/** How many rows a condition holds for. */
function countWhere(condition: RawBuilder<boolean>) {
  return sql<number>`cast(coalesce(sum(case when ${condition} then 1 else 0 end), 0) as bigint)`
}
