import { type Kysely, sql } from 'kysely'
import { isPolicy } from '../../../core/policies/is-policy.ts'
import { identitiesIn, withIds } from '../../../core/policies/policy-identities.ts'
import type { Schema } from '../schema.ts'
import { namedIdentities } from '../sql/named-identities.ts'
import type { SqlDialect } from '../sql/sql-dialect.ts'
import type { Migration } from './migration.ts'

/** Where policies are kept that name principals. */
interface Place {
  readonly table: string
  readonly keys: readonly string[]
  readonly column: string
  /** Of the JSON object that the column holds, where it isn't the policy itself. */
  readonly member?: string
}

const places: readonly Place[] = [
  { table: 'repository_policies', keys: ['repository_id'], column: 'text' },
  { table: 'registry_policies', keys: ['account_id', 'region'], column: 'text' },
  { table: 'creation_templates', keys: ['account_id', 'region', 'path'], column: 'repository_policy' },
  { table: 'event_buses', keys: ['account_id', 'region', 'name'], column: 'policy' },
  { table: 'topics', keys: ['account_id', 'region', 'name'], column: 'policy' },
  { table: 'queues', keys: ['id'], column: 'attributes', member: 'Policy' },
  { table: 'iam_entities', keys: ['id'], column: 'details', member: 'trustPolicy' },
]

const rowsAtOnce = 500

type Row = Readonly<Record<string, unknown>>

/**
 * Policies name users, roles and sessions by their unique ids from here on. Whoever has a name now is the one that is meant; a name that
 * nobody has stays, and means nobody.
 */
export const principalIds: Migration = {
  name: '0024-principal-ids',
  statements: () => [],
  async change(tx, dialect) {
    for (const place of places) await bindPlace(tx, dialect, place)
  },
}

async function bindPlace(tx: Kysely<Schema>, dialect: SqlDialect, place: Place): Promise<void> {
  let last: Row | undefined
  do {
    const rows = await readRows(tx, place, last)
    for (const row of rows) await bindRow(tx, dialect, place, row)
    last = rows.length < rowsAtOnce ? undefined : rows.at(-1)
  } while (last !== undefined)
}

async function readRows(tx: Kysely<Schema>, place: Place, last: Row | undefined): Promise<readonly Row[]> {
  const { table, keys, column } = place
  const names = namesOf(keys)
  const rest = last === undefined ? sql`` : sql`and (${names}) > (${valuesOf(keys, last)})`
  const { rows } = await sql<Row>`select ${names}, ${sql.ref(column)} from ${sql.table(table)}
    where ${sql.ref(column)} like '%arn:aws:%' ${rest} order by ${names} limit ${rowsAtOnce}`.execute(tx)
  return rows
}

async function bindRow(tx: Kysely<Schema>, dialect: SqlDialect, place: Place, row: Row): Promise<void> {
  const { table, keys, column, member } = place
  const content = String(row[column])
  const text = policyIn(content, member)
  if (typeof text !== 'string' || !isPolicy(text)) return
  const bound = withIds(text, await namedIdentities(tx, dialect, identitiesIn(text)))
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${withPolicy(content, member, bound)}
    where (${namesOf(keys)}) = (${valuesOf(keys, row)})`.execute(tx)
}

function policyIn(content: string, member: string | undefined): unknown {
  return member === undefined ? content : JSON.parse(content)[member]
}

function withPolicy(content: string, member: string | undefined, policy: string): string {
  return member === undefined ? policy : JSON.stringify({ ...JSON.parse(content), [member]: policy })
}

function namesOf(keys: readonly string[]) {
  return sql.join(keys.map((key) => sql.ref(key)))
}

function valuesOf(keys: readonly string[], row: Row) {
  return sql.join(keys.map((key) => row[key]))
}
