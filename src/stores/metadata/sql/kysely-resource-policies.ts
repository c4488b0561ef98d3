import type { Kysely } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { ResourcePolicyReader, ResourcePolicyWriter } from '../resource-policies.ts'
import type { Schema } from '../schema.ts'
import { preparedQuery } from './prepared-query.ts'

export function resourcePolicyReader(db: Kysely<Schema>): ResourcePolicyReader {
  const ofRepository = preparedQuery(db, (repositoryId: number) =>
    db.selectFrom('repository_policies').select('text').where('repository_id', '=', repositoryId),
  )
  const ofRegistry = preparedQuery(db, (account: RegistryKey['account'], region: RegistryKey['region']) =>
    db
      .selectFrom('registry_policies')
      .select('text')
      .where('account_id', '=', account)
      .where('region', '=', region),
  )
  return {
    ofRepository: async (repositoryId) => (await ofRepository(repositoryId))[0]?.text,
    ofRegistry: async ({ account, region }) => (await ofRegistry(account, region))[0]?.text,
  }
}

export function resourcePolicyWriter(tx: Kysely<Schema>): ResourcePolicyWriter {
  return {
    async putOfRepository(repositoryId, text) {
      await tx
        .insertInto('repository_policies')
        .values({ repository_id: repositoryId, text })
        .onConflict((conflict) => conflict.column('repository_id').doUpdateSet({ text }))
        .execute()
    },

    async deleteOfRepository(repositoryId) {
      const row = await tx
        .deleteFrom('repository_policies')
        .where('repository_id', '=', repositoryId)
        .returning('text')
        .executeTakeFirst()
      return row?.text
    },

    async putOfRegistry({ account, region }, text) {
      await tx
        .insertInto('registry_policies')
        .values({ account_id: account, region, text })
        .onConflict((conflict) => conflict.columns(['account_id', 'region']).doUpdateSet({ text }))
        .execute()
    },

    async deleteOfRegistry({ account, region }) {
      const row = await tx
        .deleteFrom('registry_policies')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .returning('text')
        .executeTakeFirst()
      return row?.text
    },

    async deleteAllOfRegistries() {
      await tx.deleteFrom('registry_policies').execute()
    },
  }
}
