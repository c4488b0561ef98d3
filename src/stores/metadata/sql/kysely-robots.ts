import type { Kysely, Selectable } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { RobotReader, RobotWriter, StoredRobot } from '../robots.ts'
import type { RobotTable } from '../schema/access.ts'
import type { Schema } from '../schema.ts'
import { isUsedBefore } from './is-used-before.ts'

export function robotReader(db: Kysely<Schema>): RobotReader {
  return {
    async find(id) {
      const row = await db.selectFrom('robots').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toRobot(row)
    },

    async findByName(registry, name) {
      const row = await selectOf(db, registry).where('name', '=', name).executeTakeFirst()
      return row && toRobot(row)
    },

    async list(registry, { after, limit }) {
      const query = selectOf(db, registry).orderBy('name').limit(limit)
      const rows = await (after === undefined ? query : query.where('name', '>', after)).execute()
      return rows.map(toRobot)
    },
  }
}

export function robotWriter(tx: Kysely<Schema>): RobotWriter {
  return {
    async add(robot) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('robots')
        .values(toRow(robot))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows > 0n
    },

    async delete(id) {
      await tx.deleteFrom('robots').where('id', '=', id).execute()
    },

    async recordUse(id, at) {
      await tx
        .updateTable('robots')
        .set({ last_used_at: at.getTime() })
        .where('id', '=', id)
        .where(isUsedBefore(at))
        .execute()
    },
  }
}

function selectOf(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db.selectFrom('robots').selectAll().where('account_id', '=', account).where('region', '=', region)
}

function toRow(robot: StoredRobot) {
  const { registry, actions, repositories } = robot.scope
  return {
    id: robot.id,
    account_id: registry.account,
    region: registry.region,
    name: robot.name,
    secret_hash: robot.secretHash,
    content: JSON.stringify({ actions, repositories, maker: robot.maker }),
    created_at: robot.createdAt.getTime(),
    expires_at: robot.expiresAt?.getTime() ?? null,
    last_used_at: robot.lastUsedAt?.getTime() ?? null,
  }
}

function toRobot(row: Selectable<RobotTable>): StoredRobot {
  const { actions, repositories, maker } = JSON.parse(row.content)
  return {
    id: row.id,
    name: row.name,
    scope: { registry: { account: row.account_id, region: row.region }, actions, repositories },
    maker,
    secretHash: row.secret_hash,
    createdAt: new Date(row.created_at),
    expiresAt: toDate(row.expires_at),
    lastUsedAt: toDate(row.last_used_at),
  }
}

function toDate(millis: number | null): Date | undefined {
  return millis === null ? undefined : new Date(millis)
}
