import type { Kysely, SelectQueryBuilder } from 'kysely'
import type { Schema } from '../schema.ts'

/** Users, groups and roles that have one of these ids, by name. */
export function entitiesAmong(
  db: Kysely<Schema>,
  ids: SelectQueryBuilder<Schema, never, Record<string, string>>,
) {
  return db.selectFrom('iam_entities').selectAll().where('id', 'in', ids).orderBy('folded_name')
}
