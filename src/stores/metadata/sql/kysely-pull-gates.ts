import type { Kysely } from 'kysely'
import type { PullGateReader, PullGateWriter } from '../pull-gates.ts'
import type { Schema } from '../schema.ts'
import { readTexts } from './json-texts.ts'

export function pullGateReader(db: Kysely<Schema>): PullGateReader {
  return {
    async of(repositoryId) {
      const row = await db
        .selectFrom('pull_gates')
        .select(['severity', 'unscanned', 'exempt'])
        .where('repository_id', '=', repositoryId)
        .executeTakeFirst()
      return row && { ...row, exempt: readTexts(row.exempt) }
    },
  }
}

export function pullGateWriter(tx: Kysely<Schema>): PullGateWriter {
  return {
    async put(repositoryId, { severity, unscanned, exempt }) {
      const columns = { severity, unscanned, exempt: JSON.stringify(exempt) }
      await tx
        .insertInto('pull_gates')
        .values({ repository_id: repositoryId, ...columns })
        .onConflict((conflict) => conflict.column('repository_id').doUpdateSet(columns))
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
