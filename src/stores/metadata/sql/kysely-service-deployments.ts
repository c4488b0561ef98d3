import type { Kysely } from 'kysely'
import type { ServiceDeployment } from '../../../core/ecs/scheduling/service-deployment.ts'
import type { ServiceKey } from '../../../core/ecs/scheduling/service-key.ts'
import type { Schema } from '../schema.ts'
import type { ServiceDeploymentReader, ServiceDeploymentWriter } from '../service-deployments.ts'

export function serviceDeploymentReader(db: Kysely<Schema>): ServiceDeploymentReader {
  return {
    async find(service, id) {
      const row = await db
        .selectFrom('service_deployments')
        .select('content')
        .where((where) => where.and({ ...columnsOf(service), id }))
        .executeTakeFirst()
      return row && toDeployment(row)
    },

    async list(service, { statuses, from, until, after, limit }) {
      let query = db
        .selectFrom('service_deployments')
        .select('content')
        .where((where) => where.and(columnsOf(service)))
      if (statuses.length > 0) query = query.where('status', 'in', statuses)
      if (from !== undefined) query = query.where('created_at', '>=', from)
      if (until !== undefined) query = query.where('created_at', '<=', until)
      if (after !== undefined) {
        query = query.where(({ and, or, eb }) =>
          or([
            eb('created_at', '<', after.createdAt),
            and([eb('created_at', '=', after.createdAt), eb('id', '<', after.id)]),
          ]),
        )
      }
      const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
      return rows.map(toDeployment)
    },
  }
}

export function serviceDeploymentWriter(tx: Kysely<Schema>): ServiceDeploymentWriter {
  return {
    async put(service, deployment) {
      const { id, status, createdAt } = deployment
      const content = JSON.stringify(deployment)
      await tx
        .insertInto('service_deployments')
        .values({ ...columnsOf(service), id, status, created_at: createdAt, content })
        .onConflict((conflict) =>
          conflict
            .columns(['account_id', 'region', 'cluster', 'service', 'id'])
            .doUpdateSet({ status, content }),
        )
        .execute()
    },

    async keepNewest(service, count) {
      const kept = await tx
        .selectFrom('service_deployments')
        .select('id')
        .where((where) => where.and(columnsOf(service)))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(count)
        .execute()
      let deletion = tx.deleteFrom('service_deployments').where((where) => where.and(columnsOf(service)))
      if (kept.length > 0) {
        deletion = deletion.where(
          'id',
          'not in',
          kept.map(({ id }) => id),
        )
      }
      await deletion.execute()
    },

    async deleteAll() {
      await tx.deleteFrom('service_deployments').execute()
    },
  }
}

function columnsOf({ cluster: { account, region, name }, name: service }: ServiceKey) {
  return { account_id: account, region, cluster: name, service }
}

function toDeployment({ content }: { readonly content: string }): ServiceDeployment {
  return JSON.parse(content)
}
