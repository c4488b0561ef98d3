import type { Kysely } from 'kysely'
import type { PullGateReader, PullGateWriter } from '../pull-gates.ts'
import type { Schema } from '../schema.ts'

export function pullGateReader(db: Kysely<Schema>): PullGateReader {
  return {
    async of(repositoryId) {
      return db
        .selectFrom('pull_gates')
        .select(['severity', 'unscanned'])
        .where('repository_id', '=', repositoryId)
        .executeTakeFirst()
    },
  }
}

export function pullGateWriter(tx: Kysely<Schema>): PullGateWriter {
  return {
    async put(repositoryId, { severity, unscanned }) {
      await tx
        .insertInto('pull_gates')
        .values({ repository_id: repositoryId, severity, unscanned })
        .onConflict((conflict) => conflict.column('repository_id').doUpdateSet({ severity, unscanned }))
        .execute()
    },

    async delete(repositoryId) {
      const { numDeletedRows } = await tx
        .deleteFrom('pull_gates')
        .where('repository_id', '=', repositoryId)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },
  }
}
