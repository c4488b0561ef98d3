import type { Kysely } from 'kysely'
import type { EngineClaimReader, EngineClaimWriter } from '../engine-claims.ts'
import type { Schema } from '../schema.ts'

export function engineClaimReader(db: Kysely<Schema>): EngineClaimReader {
  return {
    async all() {
      const rows = await db.selectFrom('engine_claims').selectAll().orderBy('number').execute()
      return rows.map(({ mark, token, place, run }) => ({
        mark: mark ?? undefined,
        token,
        place: place === null ? undefined : { id: place, run: run ?? undefined },
      }))
    },
  }
}

export function engineClaimWriter(tx: Kysely<Schema>): EngineClaimWriter {
  return {
    async add({ mark = null, token, place }, behind) {
      const { numInsertedOrUpdatedRows = 0n } = await tx
        .insertInto('engine_claims')
        .values({ number: behind, mark, token, place: place?.id ?? null, run: place?.run ?? null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows > 0n
    },
  }
}
