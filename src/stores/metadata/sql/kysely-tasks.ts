import type { Kysely } from 'kysely'
import type { ClusterKey } from '../../../core/ecs/cluster.ts'
import type { Task, TaskKey } from '../../../core/ecs/task.ts'
import type { Schema } from '../schema.ts'
import type { TaskCounts, TaskReader, TaskWriter } from '../tasks.ts'
import { noteImageUses } from './kysely-image-uses.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { textsIn } from './texts-in.ts'

export function taskReader(db: Kysely<Schema>, dialect: SqlDialect): TaskReader {
  return {
    async find(key) {
      const row = await selectTask(db, key).executeTakeFirst()
      return row && toTask(row)
    },

    async list(cluster, { desired, family, startedBy, service, instance, after = '', limit }) {
      let query = selectTasks(db, cluster).where('desired', '=', desired).where('id', '>', after)
      if (family !== undefined) query = query.where('family', '=', family)
      if (startedBy !== undefined) query = query.where('started_by', '=', startedBy)
      if (service !== undefined) query = query.where('service', '=', service)
      if (instance !== undefined) query = query.where('instance', '=', instance)
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

    async ofService({ cluster, name }, ids) {
      const rows = await selectTasks(db, cluster)
        .where('service', '=', name)
        .where(({ or, eb }) => or([eb('status', '<>', 'STOPPED'), eb('id', 'in', textsIn(dialect, ids))]))
        .orderBy('id')
        .execute()
      return rows.map(toTask)
    },

    async countsByDeployment({ cluster: { account, region, name: cluster }, name }) {
      const rows = await db
        .selectFrom('tasks')
        .select(({ fn }) => ['started_by', 'status', fn.countAll<number>().as('count')])
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('cluster', '=', cluster)
        .where('service', '=', name)
        .where('status', 'in', ['PENDING', 'RUNNING'])
        .where('desired', '=', 'RUNNING')
        .groupBy(['started_by', 'status'])
        .execute()
      const counts = new Map<string, TaskCounts>()
      for (const { started_by, status, count } of rows) {
        const known = counts.get(started_by ?? '') ?? { running: 0, pending: 0 }
        const changed = status === 'RUNNING' ? { running: count } : { pending: count }
        counts.set(started_by ?? '', { ...known, ...changed })
      }
      return counts
    },

    async remaining() {
      const rows = await db.selectFrom('tasks').select('content').where('status', '<>', 'STOPPED').execute()
      return rows.map(toTask)
    },

    async ofIds(cluster, ids) {
      const rows = await selectTasks(db, cluster)
        .where('id', 'in', textsIn(dialect, ids))
        .orderBy('id')
        .execute()
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
        service: task.service ?? null,
        instance: task.instance ?? null,
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
