import type { Kysely } from 'kysely'
import type { IamWriter } from '../iam.ts'
import type { Schema } from '../schema.ts'
import { foldName, toCredentialRow, toEntityRow, toPolicyRow } from './iam-rows.ts'
import { isUsedBefore } from './is-used-before.ts'

export function iamWriter(tx: Kysely<Schema>): IamWriter {
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

    async addCredential(credential) {
      await tx.insertInto('iam_keys').values(toCredentialRow(credential)).execute()
    },

    async recordKeyUse(id, { at, service, region }) {
      await tx
        .updateTable('iam_keys')
        .set({ last_used_at: at.getTime(), last_used_service: service, last_used_region: region })
        .where('id', '=', id)
        .where(isUsedBefore(at))
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

    async setKeyStatus(id, status) {
      await tx.updateTable('iam_keys').set({ status }).where('id', '=', id).execute()
    },

    async deleteCredential(id) {
      const { numDeletedRows } = await tx
        .deleteFrom('iam_keys')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return numDeletedRows > 0n
    },

    async deleteEnded(before) {
      await tx.deleteFrom('iam_keys').where('expires_at', '<', before.getTime()).execute()
    },

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

function insertVersion(
  tx: Kysely<Schema>,
  policyArn: string,
  version: { readonly version: number; readonly document: string; readonly createdAt: Date },
) {
  const { document, createdAt } = version
  return tx
    .insertInto('iam_policy_versions')
    .values({
      policy_arn: policyArn,
      version: version.version,
      document,
      created_at: createdAt.getTime(),
    })
    .execute()
}
