import type { Kysely, Selectable } from 'kysely'
import { isNamed, type NamedIdentity, readIdentityName } from '../../../core/iam/named-identity.ts'
import type { IamEntityTable } from '../schema/access.ts'
import type { Schema } from '../schema.ts'
import { foldName } from './iam-rows.ts'
import type { SqlDialect } from './sql-dialect.ts'
import { textsIn } from './texts-in.ts'

type Named = NamedIdentity['entity']

/** See `IamReader.identities`: ids, of which a page of roles may have many, are looked up at once, names one by one. */
export async function namedIdentities(
  db: Kysely<Schema>,
  dialect: SqlDialect,
  texts: readonly string[],
): Promise<ReadonlyMap<string, NamedIdentity>> {
  const found = new Map<string, NamedIdentity>()
  const byId = await entitiesById(db, dialect, texts)
  for (const text of texts) {
    const { of, session } = readIdentityName(text) ?? {}
    if (of === undefined) continue
    const entity = 'id' in of ? byId.get(of.id) : await entityByName(db, of)
    if (entity && isNamed({ entity, session }, text)) found.set(text, { entity, session })
  }
  return found
}

async function entitiesById(
  db: Kysely<Schema>,
  dialect: SqlDialect,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const ids = texts.map((text) => readIdentityName(text)?.of).flatMap((of) => (of && 'id' in of ? of.id : []))
  if (ids.length === 0) return new Map()
  const rows = await namedEntities(db).where('id', 'in', textsIn(dialect, ids)).execute()
  return new Map(rows.map((row) => [row.id, toNamed(row)]))
}

async function entityByName(
  db: Kysely<Schema>,
  { account, kind, name }: Pick<Named, 'account' | 'kind' | 'name'>,
): Promise<Named | undefined> {
  const row = await namedEntities(db)
    .where('account_id', '=', account)
    .where('kind', '=', kind)
    .where('folded_name', '=', foldName(name))
    .executeTakeFirst()
  return row && toNamed(row)
}

/** Without what later versions of the schema may change, since a migration asks as well. */
function namedEntities(db: Kysely<Schema>) {
  return db.selectFrom('iam_entities').select(['id', 'account_id', 'kind', 'name', 'path'])
}

function toNamed({
  account_id,
  ...rest
}: Pick<Selectable<IamEntityTable>, 'id' | 'account_id' | 'kind' | 'name' | 'path'>): Named {
  return { ...rest, account: account_id }
}
