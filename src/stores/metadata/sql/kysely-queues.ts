import { type Kysely, type Selectable, sql } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { NewQueueMessage, Queue, QueueMessage } from '../../../core/queues/queue.ts'
import type { QueueMove } from '../../../core/queues/queue-move.ts'
import type { QueueReader, QueueWriter, Receipt } from '../queues.ts'
import type { QueueMessageTable, QueueMoveTable, QueueTable } from '../schema/queues.ts'
import type { Schema } from '../schema.ts'
import { inPage } from './in-page.ts'
import { forgetLeftovers, noteLeftover } from './leftovers.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function queueReader(db: Kysely<Schema>): QueueReader {
  return {
    async queue(key) {
      const row = await selectQueues(db, key).where('name', '=', key.name).executeTakeFirst()
      return row && toQueue(row)
    },

    async queues(registry, page) {
      const query = selectQueues(db, registry).where(inPage(page)).orderBy('name').limit(page.limit)
      return (await query.execute()).map(toQueue)
    },

    async counts({ id }, now) {
      const at = now.getTime()
      const counted = await db
        .selectFrom('queue_messages')
        .select([
          sql<number>`cast(coalesce(sum(case when visible_at <= ${at} then 1 else 0 end), 0) as bigint)`.as(
            'visible',
          ),
          sql<number>`cast(coalesce(sum(case when visible_at > ${at} and receives > 0 then 1 else 0 end), 0) as bigint)`.as(
            'in_flight',
          ),
          sql<number>`cast(coalesce(sum(case when visible_at > ${at} and receives = 0 then 1 else 0 end), 0) as bigint)`.as(
            'delayed',
          ),
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

    async moves(queue, limit) {
      const rows = await selectMoves(db, queue).selectAll().limit(limit).execute()
      return rows.map(toMove)
    },
  }
}

export function queueWriter(tx: Kysely<Schema>, { locksRows }: SqlDialect): QueueWriter {
  return {
    async addQueue({ account, region, name, attributes, createdAt, changedAt }) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('queues')
        .values({
          account_id: account,
          region,
          name,
          attributes: JSON.stringify(attributes),
          created_at: createdAt.getTime(),
          changed_at: changedAt.getTime(),
        })
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'name']).doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },

    async changeQueue({ id, attributes, changedAt }) {
      await tx
        .updateTable('queues')
        .set({ attributes: JSON.stringify(attributes), changed_at: changedAt.getTime() })
        .where('id', '=', id)
        .execute()
    },

    async deleteQueue({ id }) {
      await tx.deleteFrom('queue_moves').where('queue_id', '=', id).execute()
      await noteLeftover(tx, 'queue', id)
      await tx.deleteFrom('queues').where('id', '=', id).execute()
    },

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

    async lockMove(id) {
      const query = tx.selectFrom('queue_moves').selectAll().where('id', '=', id)
      const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
      return row && toMove(row)
    },

    async putMove({ id, queueId, startedAt, ...content }) {
      const row = { id, queue_id: queueId, content: JSON.stringify(content), started_at: startedAt.getTime() }
      await tx
        .insertInto('queue_moves')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute()
    },

    async trimMoves(queue, keep) {
      const kept = selectMoves(tx, queue).select('id').limit(keep)
      await tx
        .deleteFrom('queue_moves')
        .where('queue_id', '=', queue.id)
        .where('id', 'not in', kept)
        .execute()
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

function selectMoves(db: Kysely<Schema>, { id }: Queue) {
  return db
    .selectFrom('queue_moves')
    .where('queue_id', '=', id)
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
}

function toMove({ id, queue_id, content, started_at }: Selectable<QueueMoveTable>): QueueMove {
  return { ...JSON.parse(content), id, queueId: queue_id, startedAt: new Date(started_at) }
}

function isReceipt({ id: queue }: Queue, { id, handle }: Receipt) {
  return sql<boolean>`queue_id = ${queue} and id = ${id} and handle = ${handle}`
}

function selectQueues(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db.selectFrom('queues').selectAll().where('account_id', '=', account).where('region', '=', region)
}

function toQueue(row: Selectable<QueueTable>): Queue {
  return {
    id: row.id,
    account: row.account_id,
    region: row.region,
    name: row.name,
    attributes: JSON.parse(row.attributes),
    createdAt: new Date(row.created_at),
    changedAt: new Date(row.changed_at),
  }
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
