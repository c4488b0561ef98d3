import type { Kysely } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Region } from '../../../core/names/region.ts'
import type { ReplicationReader, ReplicationWriter } from '../replication.ts'
import type { Schema } from '../schema.ts'
import { preparedQuery } from './prepared-query.ts'
import { printRules, readRules, toState, toStateRow } from './replication-rows.ts'

export function replicationReader(db: Kysely<Schema>): ReplicationReader {
  // Asked at each push.
  const rules = preparedQuery(db, (account: AccountId, region: Region) =>
    db
      .selectFrom('replication_rules')
      .select('rules')
      .where('account_id', '=', account)
      .where('region', '=', region),
  )
  return {
    async rules({ account, region }) {
      const [row] = await rules(account, region)
      return row === undefined ? [] : readRules(row.rules)
    },

    async states(repositoryId, digest) {
      const rows = await db
        .selectFrom('replications')
        .selectAll()
        .where('repository_id', '=', repositoryId)
        .where('digest', '=', digest)
        .orderBy('destination_account')
        .orderBy('destination_region')
        .execute()
      return rows.map(toState)
    },
  }
}

export function replicationWriter(tx: Kysely<Schema>): ReplicationWriter {
  return {
    async putRules({ account, region }, rules) {
      const text = printRules(rules)
      await tx
        .insertInto('replication_rules')
        .values({ account_id: account, region, rules: text })
        .onConflict((conflict) => conflict.columns(['account_id', 'region']).doUpdateSet({ rules: text }))
        .execute()
    },

    async deleteAllRules() {
      await tx.deleteFrom('replication_rules').execute()
    },

    async putState(repositoryId, digest, state) {
      const row = toStateRow(repositoryId, digest, state)
      const { status, failure_code, tags } = row
      await tx
        .insertInto('replications')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .columns(['repository_id', 'digest', 'destination_account', 'destination_region'])
            .doUpdateSet({ status, failure_code, tags }),
        )
        .execute()
    },
  }
}
