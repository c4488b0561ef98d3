import { sql } from 'kysely'

/** A condition on `path`, whose letters are compared with their case, which LIKE isn't sure to do. */
export function hasPath(prefix: string) {
  return sql<boolean>`substr(path, 1, ${prefix.length}) = ${prefix}`
}
