import type { Kysely } from 'kysely'
import type { ClusterKey } from '../../../core/ecs/cluster.ts'
import type { Service } from '../../../core/ecs/scheduling/service.ts'
import type { ServiceKey } from '../../../core/ecs/scheduling/service-key.ts'
import type { Schema } from '../schema.ts'
import type { ServiceEvent, ServiceReader, ServiceWriter } from '../services.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** @see Amazon ECS API reference, Service, events */
const mostEvents = 100

export function serviceReader(db: Kysely<Schema>): ServiceReader {
  return {
    async find(key) {
      const row = await selectServices(db, key.cluster)
        .select('content')
        .where('name', '=', key.name)
        .executeTakeFirst()
      return row && toService(row)
    },

    async list(cluster, { schedulingStrategy, after = '', limit }) {
      let query = selectServices(db, cluster)
        .select('content')
        .where('status', '=', 'ACTIVE')
        .where('name', '>', after)
      if (schedulingStrategy !== undefined)
        query = query.where('scheduling_strategy', '=', schedulingStrategy)
      const rows = await query.orderBy('name').limit(limit).execute()
      return rows.map(toService)
    },

    async remaining() {
      const rows = await db
        .selectFrom('services')
        .select('content')
        .where('status', '<>', 'INACTIVE')
        .execute()
      return rows.map(toService)
    },

    events: (key) => readEvents(db, key),

    async counts(cluster) {
      const rows = await selectServices(db, cluster)
        .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
        .where('status', 'in', ['ACTIVE', 'DRAINING'])
        .groupBy('status')
        .execute()
      const counts = new Map(rows.map(({ status, count }) => [status, count]))
      return { active: counts.get('ACTIVE') ?? 0, draining: counts.get('DRAINING') ?? 0 }
    },
  }
}

export function serviceWriter(tx: Kysely<Schema>, { locksRows }: SqlDialect): ServiceWriter {
  return {
    async lock({ cluster, name }) {
      const query = selectServices(tx, cluster).select('content').where('name', '=', name)
      const row = await (locksRows ? query.forUpdate() : query).executeTakeFirst()
      return row && toService(row)
    },

    async add(service) {
      const added = await tx
        .insertInto('services')
        .values({ ...rowOf(service), events: '[]' })
        .onConflict((conflict) => conflict.doNothing())
        .returning('name')
        .executeTakeFirst()
      return added !== undefined
    },

    async put(service) {
      const row = rowOf(service)
      await tx
        .insertInto('services')
        .values({ ...row, events: '[]' })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'region', 'cluster', 'name']).doUpdateSet(row),
        )
        .execute()
    },

    async addEvents(key, events) {
      const kept = [...events.toReversed(), ...(await readEvents(tx, key))].slice(0, mostEvents)
      await tx
        .updateTable('services')
        .set({ events: JSON.stringify(kept) })
        .where('account_id', '=', key.cluster.account)
        .where('region', '=', key.cluster.region)
        .where('cluster', '=', key.cluster.name)
        .where('name', '=', key.name)
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('services').execute()
    },

    async delete({ cluster, name }) {
      await tx
        .deleteFrom('services')
        .where('account_id', '=', cluster.account)
        .where('region', '=', cluster.region)
        .where('cluster', '=', cluster.name)
        .where('name', '=', name)
        .execute()
    },
  }
}

function rowOf(service: Service) {
  const { account, region, name } = service.cluster
  return {
    account_id: account,
    region,
    cluster: name,
    name: service.name,
    status: service.status,
    scheduling_strategy: service.schedulingStrategy,
    content: JSON.stringify(service),
  }
}

async function readEvents(db: Kysely<Schema>, { cluster, name }: ServiceKey): Promise<ServiceEvent[]> {
  const row = await selectServices(db, cluster).select('events').where('name', '=', name).executeTakeFirst()
  return row === undefined ? [] : JSON.parse(row.events)
}

function selectServices(db: Kysely<Schema>, { account, region, name }: ClusterKey) {
  return db
    .selectFrom('services')
    .where('account_id', '=', account)
    .where('region', '=', region)
    .where('cluster', '=', name)
}

function toService({ content }: { readonly content: string }): Service {
  return JSON.parse(content)
}
