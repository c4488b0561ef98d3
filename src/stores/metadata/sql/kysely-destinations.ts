import type { Kysely, Selectable } from 'kysely'
import type { DestinationReader, DestinationWriter, NamedThing } from '../destinations.ts'
import type { EventThingTable } from '../schema/events.ts'
import type { Schema } from '../schema.ts'
import { inPage } from './in-page.ts'

export function destinationReader(db: Kysely<Schema>): DestinationReader {
  return {
    async find(key) {
      const row = await selectThings(db, key).where('name', '=', key.name).executeTakeFirst()
      return row && toThing(row)
    },

    async list({ account, region }, kind, page) {
      const rows = await selectThings(db, { account, region, kind })
        .where(inPage(page))
        .orderBy('name')
        .limit(page.limit)
        .execute()
      return rows.map(toThing)
    },
  }
}

export function destinationWriter(tx: Kysely<Schema>): DestinationWriter {
  return {
    async put(thing) {
      const row = toRow(thing)
      await tx
        .insertInto('event_things')
        .values(row)
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'kind', 'name']).doUpdateSet(row))
        .execute()
    },

    async delete({ account, region, kind, name }) {
      await tx
        .deleteFrom('event_things')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('kind', '=', kind)
        .where('name', '=', name)
        .execute()
    },
  }
}

function selectThings(
  db: Kysely<Schema>,
  { account, region, kind }: Pick<NamedThing, 'account' | 'region' | 'kind'>,
) {
  return db
    .selectFrom('event_things')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
    .where('kind', '=', kind)
}

function toThing(row: Selectable<EventThingTable>): NamedThing {
  return {
    account: row.account_id,
    region: row.region,
    kind: row.kind,
    name: row.name,
    id: row.id,
    content: JSON.parse(row.content),
    createdAt: new Date(row.created_at),
    changedAt: new Date(row.changed_at),
  }
}

function toRow(thing: NamedThing) {
  return {
    account_id: thing.account,
    region: thing.region,
    kind: thing.kind,
    name: thing.name,
    id: thing.id,
    content: JSON.stringify(thing.content),
    created_at: thing.createdAt.getTime(),
    changed_at: thing.changedAt.getTime(),
  }
}
