import type { Kysely, Selectable } from 'kysely'
import type { PolicyVersion } from '../../../core/iam/managed-policy.ts'
import type { IamPolicyReader, IamPolicyWriter } from '../iam.ts'
import type { IamPolicyVersionTable } from '../schema/access.ts'
import type { Schema } from '../schema.ts'
import { hasPath } from './iam-path.ts'
import { toManagedPolicy, toPolicyRow } from './iam-rows.ts'

export function iamPolicyReader(db: Kysely<Schema>): IamPolicyReader {
  return {
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

export function iamPolicyWriter(tx: Kysely<Schema>): IamPolicyWriter {
  return {
    async addPolicy(policy, document) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('iam_policies')
        .values(toPolicyRow(policy))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 0n) return false
      await insertVersion(tx, policy.arn, { version: 1, document, createdAt: policy.createdAt })
      return true
    },

    async addVersion(policyArn, version) {
      await insertVersion(tx, policyArn, version)
      await tx
        .updateTable('iam_policies')
        .set({ last_version: version.version })
        .where('arn', '=', policyArn)
        .execute()
    },

    async setDefaultVersion(policyArn, version, at) {
      await tx
        .updateTable('iam_policies')
        .set({ default_version: version, updated_at: at.getTime() })
        .where('arn', '=', policyArn)
        .execute()
    },

    async deleteVersion(policyArn, version) {
      await tx
        .deleteFrom('iam_policy_versions')
        .where('policy_arn', '=', policyArn)
        .where('version', '=', version)
        .execute()
    },

    async deletePolicy(arn) {
      await tx.deleteFrom('iam_policies').where('arn', '=', arn).execute()
    },
  }
}

function versionsOf(db: Kysely<Schema>, policyArn: string) {
  return db.selectFrom('iam_policy_versions').selectAll().where('policy_arn', '=', policyArn)
}

function toVersion({ version, document, created_at }: Selectable<IamPolicyVersionTable>) {
  return { version, document, createdAt: new Date(created_at) }
}

function insertVersion(
  tx: Kysely<Schema>,
  policyArn: string,
  { version, document, createdAt }: PolicyVersion,
) {
  return tx
    .insertInto('iam_policy_versions')
    .values({ policy_arn: policyArn, version, document, created_at: createdAt.getTime() })
    .execute()
}
