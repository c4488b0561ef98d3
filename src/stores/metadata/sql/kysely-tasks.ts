import type { Kysely } from 'kysely'
import type { ClusterKey } from '../../../core/ecs/cluster.ts'
import type { Task, TaskKey } from '../../../core/ecs/task.ts'
import type { Schema } from '../schema.ts'
import type { TaskReader, TaskWriter } from '../tasks.ts'
import { noteImageUses } from './kysely-image-uses.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function taskReader(db: Kysely<Schema>): TaskReader {
  return {
    async find(key) {
      const row = await selectTask(db, key).executeTakeFirst()
      return row && toTask(row)
    },

    async list(cluster, { desired, family, startedBy, after = '', limit }) {
      let query = selectTasks(db, cluster).where('desired', '=', desired).where('id', '>', after)
      if (family !== undefined) query = query.where('family', '=', family)
      if (startedBy !== undefined) query = query.where('started_by', '=', startedBy)
      const rows = await query.orderBy('id').limit(limit).execute()
      return rows.map(toTask)
    },

    async anyUnfinished() {
      const row = await db
        .selectFrom('tasks')
        .select('id')
        .where('status', '<>', 'STOPPED')
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },

    async counts({ account, region, name }) {
      const rows = await db
        .selectFrom('tasks')
        .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('cluster', '=', name)
        .where('status', 'in', [
          'PROVISIONING',
          'PENDING',
          'RUNNING',
          'DEACTIVATING',
          'STOPPING',
          'DEPROVISIONING',
        ])
        .groupBy('status')
        .execute()
      const isPending = (status: Task['status']) => status === 'PROVISIONING' || status === 'PENDING'
      const sum = (some: typeof rows) => some.reduce((total, { count }) => total + count, 0)
      const [pending, all] = [sum(rows.filter(({ status }) => isPending(status))), sum(rows)]
      return { running: all - pending, pending }
    },

    async ofToken(cluster, token) {
      const rows = await selectTasks(db, cluster).where('client_token', '=', token).orderBy('id').execute()
      return rows.map(toTask)
    },
  }
}

export function taskWriter(tx: Kysely<Schema>, { locksRows }: SqlDialect): TaskWriter {
  return {
    async lock(key) {
      const query = selectTask(tx, key)
      const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
      return row && toTask(row)
    },

    async put(task) {
      const { account, region, name } = task.cluster
      const row = {
        account_id: account,
        region,
        cluster: name,
        id: task.id,
        family: task.family,
        started_by: task.startedBy ?? null,
        client_token: task.clientToken ?? null,
        desired: task.desired,
        status: task.status,
        content: JSON.stringify(task),
      }
      await tx
        .insertInto('tasks')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'region', 'cluster', 'id']).doUpdateSet(row),
        )
        .execute()
      await noteImageUses(tx, task)
    },

    async delete({ cluster, id }) {
      await tx
        .deleteFrom('tasks')
        .where('account_id', '=', cluster.account)
        .where('region', '=', cluster.region)
        .where('cluster', '=', cluster.name)
        .where('id', '=', id)
        .execute()
    },
  }
}

function selectTask(db: Kysely<Schema>, { cluster, id }: TaskKey) {
  return selectTasks(db, cluster).where('id', '=', id)
}

function selectTasks(db: Kysely<Schema>, { account, region, name }: ClusterKey) {
  return db
    .selectFrom('tasks')
    .select('content')
    .where('account_id', '=', account)
    .where('region', '=', region)
    .where('cluster', '=', name)
}

function toTask({ content }: { readonly content: string }): Task {
  return JSON.parse(content)
}
