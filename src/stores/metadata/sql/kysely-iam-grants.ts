import type { Kysely } from 'kysely'
import type { IamGrantReader, IamGrantWriter } from '../iam.ts'
import type { Schema } from '../schema.ts'
import { entitiesAmong } from './entities-among.ts'
import { toEntity } from './iam-rows.ts'

export function iamGrantReader(db: Kysely<Schema>): IamGrantReader {
  return {
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
      const ids = db.selectFrom('iam_attachments').select('entity_id').where('policy_arn', '=', policyArn)
      return (await entitiesAmong(db, ids).execute()).map(toEntity)
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
      const ids = db.selectFrom('iam_boundaries').select('entity_id').where('policy_arn', '=', policyArn)
      return (await entitiesAmong(db, ids).execute()).map(toEntity)
    },
  }
}

export function iamGrantWriter(tx: Kysely<Schema>): IamGrantWriter {
  return {
    async putInlinePolicy(entityId, { name, text }) {
      await tx
        .insertInto('iam_inline_policies')
        .values({ entity_id: entityId, name, document: text })
        .onConflict((conflict) => conflict.columns(['entity_id', 'name']).doUpdateSet({ document: text }))
        .execute()
    },

    async deleteInlinePolicy(entityId, name) {
      const { numDeletedRows } = await tx
        .deleteFrom('iam_inline_policies')
        .where('entity_id', '=', entityId)
        .where('name', '=', name)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },

    async attach(entityId, policyArn) {
      await tx
        .insertInto('iam_attachments')
        .values({ entity_id: entityId, policy_arn: policyArn })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },

    async detach(entityId, policyArn) {
      const { numDeletedRows } = await tx
        .deleteFrom('iam_attachments')
        .where('entity_id', '=', entityId)
        .where('policy_arn', '=', policyArn)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },

    async setBoundary(entityId, policyArn) {
      if (policyArn === undefined) {
        await tx.deleteFrom('iam_boundaries').where('entity_id', '=', entityId).execute()
        return
      }
      await tx
        .insertInto('iam_boundaries')
        .values({ entity_id: entityId, policy_arn: policyArn })
        .onConflict((conflict) => conflict.column('entity_id').doUpdateSet({ policy_arn: policyArn }))
        .execute()
    },
  }
}
