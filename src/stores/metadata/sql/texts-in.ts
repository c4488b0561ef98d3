import { type RawBuilder, sql } from 'kysely'
import type { SqlDialect } from './sql-dialect.ts'

/** A list of texts to look for, as one value, however many they are: see `digestsIn`. */
export function textsIn({ textsOfJson }: SqlDialect, texts: readonly string[]): RawBuilder<string> {
  return sql<string>`(select value from ${textsOfJson}(${JSON.stringify(texts)}))`
}
