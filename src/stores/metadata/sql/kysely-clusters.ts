import type { Kysely, Selectable } from 'kysely'
import type { Cluster } from '../../../core/ecs/cluster.ts'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { ClusterReader, ClusterWriter } from '../clusters.ts'
import type { ClusterTable } from '../schema/ecs.ts'
import type { Schema } from '../schema.ts'

export function clusterReader(db: Kysely<Schema>): ClusterReader {
  return {
    async find(key) {
      const row = await selectClusters(db, key).where('name', '=', key.name).executeTakeFirst()
      return row && toCluster(row)
    },

    async list(registry, { after = '', limit }) {
      const rows = await selectClusters(db, registry)
        .where('status', '=', 'ACTIVE')
        .where('name', '>', after)
        .orderBy('name')
        .limit(limit)
        .execute()
      return rows.map(toCluster)
    },
  }
}

export function clusterWriter(tx: Kysely<Schema>): ClusterWriter {
  return {
    async put({ account, region, name, status, settings, execLogging }) {
      const row = {
        account_id: account,
        region,
        name,
        status,
        settings: JSON.stringify(settings),
        exec_logging: execLogging === undefined ? null : JSON.stringify(execLogging),
      }
      await tx
        .insertInto('clusters')
        .values(row)
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'name']).doUpdateSet(row))
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('clusters').execute()
      await tx.deleteFrom('arn_tags').where('arn', 'like', 'arn:aws:ecs:%').execute()
    },
  }
}

function selectClusters(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db.selectFrom('clusters').selectAll().where('account_id', '=', account).where('region', '=', region)
}

function toCluster(row: Selectable<ClusterTable>): Cluster {
  return {
    account: row.account_id,
    region: row.region,
    name: row.name,
    status: row.status,
    settings: JSON.parse(row.settings),
    ...(row.exec_logging !== null && { execLogging: JSON.parse(row.exec_logging) }),
  }
}
