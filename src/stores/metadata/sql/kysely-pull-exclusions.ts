import type { Kysely } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { PullExclusionReader, PullExclusionWriter } from '../pull-exclusions.ts'
import type { Schema } from '../schema.ts'
import { holdRegistry } from './registry-row.ts'

export function pullExclusionReader(db: Kysely<Schema>): PullExclusionReader {
  return {
    async list({ account, region }: RegistryKey, { after = '', limit }) {
      const rows = await db
        .selectFrom('pull_exclusions')
        .select('principal_arn')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('principal_arn', '>', after)
        .orderBy('principal_arn')
        .limit(limit)
        .execute()
      return rows.map((row) => row.principal_arn)
    },
  }
}

export function pullExclusionWriter(tx: Kysely<Schema>): PullExclusionWriter {
  return {
    async add(registry, principalArn, at) {
      const { account, region } = registry
      await holdRegistry(tx, registry)
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('pull_exclusions')
        .values({ account_id: account, region, principal_arn: principalArn, created_at: at.getTime() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow()
      return Number(numInsertedOrUpdatedRows ?? 0) > 0
    },

    async remove({ account, region }, principalArn) {
      const { numDeletedRows } = await tx
        .deleteFrom('pull_exclusions')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('principal_arn', '=', principalArn)
        .executeTakeFirst()
      return numDeletedRows > 0
    },

    async deleteAll() {
      await tx.deleteFrom('pull_exclusions').execute()
    },
  }
}
