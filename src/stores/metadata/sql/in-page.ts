import { type RawBuilder, sql } from 'kysely'
import type { NamePage } from '../rules.ts'

/** Whether the column `name` has a page's prefix and comes after its beginning. */
export function inPage({ prefix = '', after = '' }: Omit<NamePage, 'limit'>): RawBuilder<boolean> {
  // What begins with a prefix lies between it and the same followed by the last of all characters.
  const last = `${prefix}\u{10FFFF}`
  return sql<boolean>`(name >= ${prefix} and name < ${last} and name > ${after})`
}
