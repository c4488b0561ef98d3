import type { Kysely, Selectable } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { Queue } from '../../../core/queues/queue.ts'
import type { QueueReader, QueueWriter } from '../queues.ts'
import type { QueueTable } from '../schema/queues.ts'
import type { Schema } from '../schema.ts'
import { inPage } from './in-page.ts'
import { queueMessageReader, queueMessageWriter } from './kysely-queue-messages.ts'
import { queueMoveReader, queueMoveWriter } from './kysely-queue-moves.ts'
import { noteLeftover } from './leftovers.ts'
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

    ...queueMessageReader(db),
    ...queueMoveReader(db),
  }
}

export function queueWriter(tx: Kysely<Schema>, dialect: SqlDialect): QueueWriter {
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

    ...queueMessageWriter(tx, dialect),
    ...queueMoveWriter(tx, dialect),
  }
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
