import type { Kysely } from 'kysely'
import { usualState } from '../../../core/ecs/container-instance.ts'
import type { ContainerInstanceReader, ContainerInstanceWriter } from '../container-instances.ts'
import type { Schema } from '../schema.ts'

export function containerInstanceReader(db: Kysely<Schema>): ContainerInstanceReader {
  return {
    async state({ account, region, name: cluster }, id) {
      const row = await db
        .selectFrom('container_instances')
        .select(['status', 'attributes', 'version'])
        .where((where) => where.and({ account_id: account, region, cluster, id }))
        .executeTakeFirst()
      return row === undefined ? usualState : { ...row, attributes: JSON.parse(row.attributes) }
    },
  }
}

export function containerInstanceWriter(tx: Kysely<Schema>): ContainerInstanceWriter {
  return {
    async put({ account, region, name: cluster }, id, { status, attributes, version }) {
      const said = { status, attributes: JSON.stringify(attributes), version }
      await tx
        .insertInto('container_instances')
        .values({ account_id: account, region, cluster, id, ...said })
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'region', 'cluster', 'id']).doUpdateSet(said),
        )
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('container_instances').execute()
    },
  }
}
