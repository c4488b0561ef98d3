import type { Kysely } from 'kysely'
import type { EntityKind } from '../../../core/iam/entity.ts'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { IamPage, IamReader } from '../iam.ts'
import type { Schema } from '../schema.ts'
import { foldName, toCredential, toEntity, toManagedPolicy } from './iam-rows.ts'
import { preparedQuery } from './prepared-query.ts'

export function iamReader(db: Kysely<Schema>): IamReader {
  const credential = preparedQuery(db, (id: string) =>
    db.selectFrom('iam_credentials').selectAll().where('id', '=', id),
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

    async entities(account, kind, page) {
      const rows = await inPage(entitiesOf(db, account, kind), page).execute()
      return rows.filter(({ path }) => path.startsWith(page.pathPrefix ?? '/')).map(toEntity)
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
        .selectFrom('iam_credentials')
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

    async policy(arn) {
      const row = await db.selectFrom('iam_policies').selectAll().where('arn', '=', arn).executeTakeFirst()
      return row && toManagedPolicy(row)
    },

    async policies(account, page) {
      const query = db.selectFrom('iam_policies').selectAll().where('account_id', '=', account)
      const rows = await (page.after === undefined ? query : query.where('folded_name', '>', page.after))
        .orderBy('folded_name')
        .limit(page.limit)
        .execute()
      return rows.filter(({ path }) => path.startsWith(page.pathPrefix ?? '/')).map(toManagedPolicy)
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

function inPage(query: ReturnType<typeof entitiesOf>, { after, limit }: IamPage) {
  return (after === undefined ? query : query.where('folded_name', '>', after))
    .orderBy('folded_name')
    .limit(limit)
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
