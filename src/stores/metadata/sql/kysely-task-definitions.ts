import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import type { TaskDefinition } from '../../../core/ecs/task-definition.ts'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { TaskDefinitionTable } from '../schema/ecs.ts'
import type { Schema } from '../schema.ts'
import type { FamilyStatus, TaskDefinitionReader, TaskDefinitionWriter } from '../task-definitions.ts'
import { inPage } from './in-page.ts'

export function taskDefinitionReader(db: Kysely<Schema>): TaskDefinitionReader {
  return {
    async find(key) {
      const row = await selectRevisions(db, key)
        .where('family', '=', key.family)
        .where('revision', '=', key.revision)
        .executeTakeFirst()
      return row && toTaskDefinition(row)
    },

    async latest(key) {
      const row = await selectRevisions(db, key)
        .where('status', '=', 'ACTIVE')
        .where('family', '=', key.family)
        .orderBy('revision', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && toTaskDefinition(row)
    },

    async list(registry, { family, status, order, after, limit }) {
      const comparison = order === 'asc' ? sql`>` : sql`<`
      let query = db
        .selectFrom('task_definitions')
        .select(['account_id', 'region', 'family', 'revision'])
        .where('account_id', '=', registry.account)
        .where('region', '=', registry.region)
        .where('status', '=', status)
      if (family !== undefined) query = query.where('family', '=', family)
      if (after !== undefined) {
        query = query.where(
          sql<boolean>`(family, revision) ${comparison} (${after.family}, ${after.revision})`,
        )
      }
      const rows = await query.orderBy('family', order).orderBy('revision', order).limit(limit).execute()
      return rows.map(({ account_id, ...row }) => ({ account: account_id, ...row }))
    },

    async families(registry, { status, ...page }) {
      const rows = await db
        .selectFrom('task_families')
        .select('name')
        .where('account_id', '=', registry.account)
        .where('region', '=', registry.region)
        .where(inPage(page))
        .where(hasRevisions(status))
        .orderBy('name')
        .limit(page.limit)
        .execute()
      return rows.map(({ name }) => name)
    },
  }
}

export function taskDefinitionWriter(tx: Kysely<Schema>): TaskDefinitionWriter {
  return {
    async nextRevision({ account, region, family }) {
      const { last_revision } = await tx
        .insertInto('task_families')
        .values({ account_id: account, region, name: family, last_revision: 1 })
        .onConflict((conflict) =>
          conflict
            .columns(['account_id', 'region', 'name'])
            .doUpdateSet({ last_revision: sql<number>`task_families.last_revision + 1` }),
        )
        .returning('last_revision')
        .executeTakeFirstOrThrow()
      return last_revision
    },

    async put(definition) {
      const row = toRow(definition)
      await tx
        .insertInto('task_definitions')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['account_id', 'region', 'family', 'revision']).doUpdateSet(row),
        )
        .execute()
    },

    async deleteAll() {
      await tx.deleteFrom('task_definitions').execute()
      await tx.deleteFrom('task_families').execute()
    },

    async delete({ account, region, family, revision }) {
      await tx
        .deleteFrom('task_definitions')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('family', '=', family)
        .where('revision', '=', revision)
        .execute()
    },
  }
}

/** Whether a row of task_families has revisions of a status: `INACTIVE` is a family that has no active one any more. */
function hasRevisions(status: FamilyStatus) {
  const active = revisionsIn(sql`('ACTIVE')`)
  const any = revisionsIn(sql`('ACTIVE', 'INACTIVE')`)
  if (status === 'ACTIVE') return active
  return status === 'ALL' ? any : sql<boolean>`(${any} and not ${active})`
}

function revisionsIn(statuses: ReturnType<typeof sql>) {
  return sql<boolean>`exists (
    select 1 from task_definitions t
    where t.account_id = task_families.account_id and t.region = task_families.region
      and t.status in ${statuses} and t.family = task_families.name
  )`
}

function selectRevisions(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db
    .selectFrom('task_definitions')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

function toTaskDefinition(row: Selectable<TaskDefinitionTable>): TaskDefinition {
  return {
    account: row.account_id,
    region: row.region,
    family: row.family,
    revision: row.revision,
    status: row.status,
    content: JSON.parse(row.content),
    registeredBy: row.registered_by,
    registeredAt: new Date(row.registered_at),
    ...(row.deregistered_at !== null && { deregisteredAt: new Date(row.deregistered_at) }),
  }
}

function toRow(definition: TaskDefinition): Insertable<TaskDefinitionTable> {
  return {
    account_id: definition.account,
    region: definition.region,
    family: definition.family,
    revision: definition.revision,
    status: definition.status,
    content: JSON.stringify(definition.content),
    registered_by: definition.registeredBy,
    registered_at: definition.registeredAt.getTime(),
    deregistered_at: definition.deregisteredAt?.getTime() ?? null,
  }
}
