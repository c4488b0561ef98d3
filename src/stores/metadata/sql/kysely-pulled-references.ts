import type { Kysely } from 'kysely'
import type { PulledReference } from '../../../core/ecs/images/pulled-reference.ts'
import type { PulledReferenceReader, PulledReferenceWriter } from '../pulled-references.ts'
import type { PulledReferenceTable } from '../schema/ecs.ts'
import type { Schema } from '../schema.ts'

export function pulledReferenceReader(db: Kysely<Schema>): PulledReferenceReader {
  return {
    async of(engine) {
      const rows = await db
        .selectFrom('pulled_references')
        .selectAll()
        .where('engine', '=', engine)
        .orderBy('reference')
        .execute()
      return rows.map(toReference)
    },
  }
}

export function pulledReferenceWriter(tx: Kysely<Schema>): PulledReferenceWriter {
  return {
    async put(engine, reference) {
      const row = toRow(engine, reference)
      await tx
        .insertInto('pulled_references')
        .values(row)
        .onConflict((conflict) => conflict.columns(['engine', 'reference']).doUpdateSet(row))
        .execute()
    },

    async replace(engine, known, next) {
      const { numUpdatedRows } = await tx
        .updateTable('pulled_references')
        .set(toRow(engine, next))
        .where((where) => where.and(marksOf(engine, known)))
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async deleteAll() {
      await tx.deleteFrom('pulled_references').execute()
    },

    async forget(engine, known) {
      await tx
        .deleteFrom('pulled_references')
        .where((where) => where.and(marksOf(engine, known)))
        .execute()
    },
  }
}

/** What changes with each use. */
function marksOf(engine: string, { reference, state, usedAt: used_at }: PulledReference) {
  return { engine, reference, state, used_at }
}

function toRow(engine: string, { reference, imageId, state, usedAt }: PulledReference): PulledReferenceTable {
  return { engine, reference, image_id: imageId ?? null, state, used_at: usedAt }
}

function toReference({ reference, image_id, state, used_at }: PulledReferenceTable): PulledReference {
  return { reference, ...(image_id !== null && { imageId: image_id }), state, usedAt: used_at }
}
