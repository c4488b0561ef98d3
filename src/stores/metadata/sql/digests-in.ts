import { type RawBuilder, sql } from 'kysely'
import type { Digest } from '../../../core/names/digest.ts'
import type { SqlDialect } from './sql-dialect.ts'

/**
 * A list of digests to look for, as one value: the statement is the same however many they are, so it is built once and
 * has no limit (SQLite takes 32,766 values at most).
 *
 * @param digests what `digestList` makes
 * @example
 * query.where('digest', 'in', digestsIn(dialect, digestList(digests)))
 */
export function digestsIn({ textsOfJson }: SqlDialect, digests: string): RawBuilder<Digest> {
  return sql<Digest>`(select value from ${textsOfJson}(${digests}))`
}

export function digestList(digests: readonly Digest[]): string {
  return JSON.stringify(digests)
}
