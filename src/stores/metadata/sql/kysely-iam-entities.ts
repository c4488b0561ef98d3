import type { Kysely } from 'kysely'
import type { EntityKind } from '../../../core/iam/entity.ts'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { IamEntityReader, IamEntityWriter } from '../iam.ts'
import type { Schema } from '../schema.ts'
import { countIam } from './count-iam.ts'
import { entitiesAmong } from './entities-among.ts'
import { hasPath } from './iam-path.ts'
import { foldName, toEntity, toEntityRow } from './iam-rows.ts'
import { isUsedBefore } from './is-used-before.ts'
import { namedIdentities } from './named-identities.ts'
import { preparedQuery } from './prepared-query.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function iamEntityReader(db: Kysely<Schema>, dialect: SqlDialect): IamEntityReader {
  const byId = preparedQuery(db, (id: string) =>
    db.selectFrom('iam_entities').selectAll().where('id', '=', id),
  )
  return {
    async entity(account, kind, name) {
      const row = await entitiesOf(db, account, kind)
        .where('folded_name', '=', foldName(name))
        .executeTakeFirst()
      return row && toEntity(row)
    },

    async entityById(id) {
      const [row] = await byId(id)
      return row && toEntity(row)
    },

    identities: (texts) => namedIdentities(db, dialect, texts),

    async entities(account, kind, page) {
      const { after, limit, pathPrefix } = page
      let query = entitiesOf(db, account, kind)
      if (after !== undefined) query = query.where('folded_name', '>', after)
      if (pathPrefix !== undefined) query = query.where(hasPath(pathPrefix))
      return (await query.orderBy('folded_name').limit(limit).execute()).map(toEntity)
    },

    async groupsOf(userId) {
      const ids = db.selectFrom('iam_memberships').select('group_id').where('user_id', '=', userId)
      return (await entitiesAmong(db, ids).execute()).map(toEntity)
    },

    async membersOf(groupId) {
      const ids = db.selectFrom('iam_memberships').select('user_id').where('group_id', '=', groupId)
      return (await entitiesAmong(db, ids).execute()).map(toEntity)
    },

    counts: (account) => countIam(db, account),
  }
}

export function iamEntityWriter(tx: Kysely<Schema>): IamEntityWriter {
  return {
    async addEntity(entity) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('iam_entities')
        .values(toEntityRow(entity))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return numInsertedOrUpdatedRows > 0n
    },

    async updateEntity(id, { name, path, details }) {
      if (name !== undefined && (await isNameTaken(tx, id, name))) return false
      const changed = {
        ...(name !== undefined && { name, folded_name: foldName(name) }),
        ...(path !== undefined && { path }),
        ...(details !== undefined && { details: JSON.stringify(details) }),
      }
      if (Object.keys(changed).length > 0) {
        await tx.updateTable('iam_entities').set(changed).where('id', '=', id).execute()
      }
      return true
    },

    async deleteEntity(id) {
      await tx.deleteFrom('iam_entities').where('id', '=', id).execute()
    },

    async addMember(groupId, userId) {
      await tx
        .insertInto('iam_memberships')
        .values({ group_id: groupId, user_id: userId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async removeMember(groupId, userId) {
      await tx
        .deleteFrom('iam_memberships')
        .where('group_id', '=', groupId)
        .where('user_id', '=', userId)
        .execute()
    },

    async recordRoleUse(id, { at, region }) {
      await tx
        .updateTable('iam_entities')
        .set({ last_used_at: at.getTime(), last_used_region: region })
        .where('id', '=', id)
        .where(isUsedBefore(at))
        .execute()
    },
  }
}

function entitiesOf(db: Kysely<Schema>, account: AccountId, kind: EntityKind) {
  return db.selectFrom('iam_entities').selectAll().where('account_id', '=', account).where('kind', '=', kind)
}

async function isNameTaken(tx: Kysely<Schema>, id: string, name: string): Promise<boolean> {
  const row = await tx
    .selectFrom('iam_entities as own')
    .innerJoin('iam_entities as other', (join) =>
      join.onRef('other.account_id', '=', 'own.account_id').onRef('other.kind', '=', 'own.kind'),
    )
    .select('other.id')
    .where('own.id', '=', id)
    .where('other.folded_name', '=', foldName(name))
    .where('other.id', '!=', id)
    .executeTakeFirst()
  return row !== undefined
}
