import { type Kysely, sql } from 'kysely'
import type { EntityKind } from '../../../core/iam/entity.ts'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { IamReader } from '../iam.ts'
import type { Schema } from '../schema.ts'
import { countIam } from './count-iam.ts'
import { foldName, toCredential, toEntity, toManagedPolicy } from './iam-rows.ts'
import { namedIdentities } from './named-identities.ts'
import { preparedQuery } from './prepared-query.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function iamReader(db: Kysely<Schema>, dialect: SqlDialect): IamReader {
  const credential = preparedQuery(db, (id: string) =>
    db.selectFrom('iam_keys').selectAll().where('id', '=', id),
  )
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
      const rows = await db
        .selectFrom('iam_memberships')
        .innerJoin('iam_entities', 'iam_entities.id', 'iam_memberships.group_id')
        .selectAll('iam_entities')
        .where('iam_memberships.user_id', '=', userId)
        .orderBy('folded_name')
        .execute()
      return rows.map(toEntity)
    },

    async membersOf(groupId) {
      const rows = await db
        .selectFrom('iam_memberships')
        .innerJoin('iam_entities', 'iam_entities.id', 'iam_memberships.user_id')
        .selectAll('iam_entities')
        .where('iam_memberships.group_id', '=', groupId)
        .orderBy('folded_name')
        .execute()
      return rows.map(toEntity)
    },

    async credential(id) {
      const [row] = await credential(id)
      return row && toCredential(row)
    },

    async keysOf(userId) {
      const rows = await db
        .selectFrom('iam_keys')
        .selectAll()
        .where('entity_id', '=', userId)
        .where('session', 'is', null)
        .orderBy('id')
        .execute()
      return rows.map(toCredential)
    },

    async inlinePolicies(entityId) {
      const rows = await db
        .selectFrom('iam_inline_policies')
        .select(['name', 'document'])
        .where('entity_id', '=', entityId)
        .orderBy('name')
        .execute()
      return rows.map(({ name, document }) => ({ name, text: document }))
    },

    async attachments(entityId) {
      const rows = await db
        .selectFrom('iam_attachments')
        .select('policy_arn')
        .where('entity_id', '=', entityId)
        .orderBy('policy_arn')
        .execute()
      return rows.map((row) => row.policy_arn)
    },

    async attachedTo(policyArn) {
      const rows = await db
        .selectFrom('iam_attachments')
        .innerJoin('iam_entities', 'iam_entities.id', 'iam_attachments.entity_id')
        .selectAll('iam_entities')
        .where('policy_arn', '=', policyArn)
        .orderBy('folded_name')
        .execute()
      return rows.map(toEntity)
    },

    async boundary(entityId) {
      const row = await db
        .selectFrom('iam_boundaries')
        .select('policy_arn')
        .where('entity_id', '=', entityId)
        .executeTakeFirst()
      return row?.policy_arn
    },

    async boundedBy(policyArn) {
      const rows = await db
        .selectFrom('iam_boundaries')
        .innerJoin('iam_entities', 'iam_entities.id', 'iam_boundaries.entity_id')
        .selectAll('iam_entities')
        .where('policy_arn', '=', policyArn)
        .orderBy('folded_name')
        .execute()
      return rows.map(toEntity)
    },

    counts: (account) => countIam(db, account),

    async policy(arn) {
      const row = await db.selectFrom('iam_policies').selectAll().where('arn', '=', arn).executeTakeFirst()
      return row && toManagedPolicy(row)
    },

    async policies(account, page) {
      const { after, limit, pathPrefix } = page
      let query = db.selectFrom('iam_policies').selectAll().where('account_id', '=', account)
      if (after !== undefined) query = query.where('folded_name', '>', after)
      if (pathPrefix !== undefined) query = query.where(hasPath(pathPrefix))
      return (await query.orderBy('folded_name').limit(limit).execute()).map(toManagedPolicy)
    },

    async versions(policyArn) {
      const rows = await versionsOf(db, policyArn).orderBy('version', 'desc').execute()
      return rows.map(toVersion)
    },

    async version(policyArn, version) {
      const row = await versionsOf(db, policyArn).where('version', '=', version).executeTakeFirst()
      return row && toVersion(row)
    },
  }
}

function entitiesOf(db: Kysely<Schema>, account: AccountId, kind: EntityKind) {
  return db.selectFrom('iam_entities').selectAll().where('account_id', '=', account).where('kind', '=', kind)
}

/** Letters in a path are compared with their case, which LIKE isn't sure to do. */
function hasPath(prefix: string) {
  return sql<boolean>`substr(path, 1, ${prefix.length}) = ${prefix}`
}

function versionsOf(db: Kysely<Schema>, policyArn: string) {
  return db.selectFrom('iam_policy_versions').selectAll().where('policy_arn', '=', policyArn)
}

function toVersion(row: {
  readonly version: number
  readonly document: string
  readonly created_at: number
}) {
  const { version, document, created_at } = row
  return { version, document, createdAt: new Date(created_at) }
}
