import type { Kysely, Selectable } from 'kysely'
import type { Queue } from '../../../core/queues/queue.ts'
import type { QueueMove } from '../../../core/queues/queue-move.ts'
import type { QueueMoveReader, QueueMoveWriter } from '../queues.ts'
import type { QueueMoveTable } from '../schema/queues.ts'
import type { Schema } from '../schema.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function queueMoveReader(db: Kysely<Schema>): QueueMoveReader {
  return {
    async moves(queue, limit) {
      const rows = await selectMoves(db, queue).selectAll().limit(limit).execute()
      return rows.map(toMove)
    },
  }
}

export function queueMoveWriter(tx: Kysely<Schema>, { locksRows }: SqlDialect): QueueMoveWriter {
  return {
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
  }
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
