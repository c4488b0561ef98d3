import { type Kysely, type Selectable, sql } from 'kysely'
import {
  type Delivery,
  keptTries,
  type NewDelivery,
  patientTries,
  type Try,
} from '../../../core/deliveries/delivery.ts'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { DeliveryReader, DeliveryWriter } from '../deliveries.ts'
import type { DeliveryTable } from '../schema/events.ts'
import type { Schema } from '../schema.ts'

export function deliveryReader(db: Kysely<Schema>): DeliveryReader {
  return {
    async next(lane, now) {
      const row = await selectWaiting(db, lane)
        .selectAll()
        .where(sql<boolean>`(attempts < ${patientTries} or next_at <= ${now.getTime()})`)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
      return row && toDelivery(row)
    },

    async nextPatientless(lane) {
      const row = await selectWaiting(db, lane)
        .select(({ fn }) => fn.min('next_at').as('next_at'))
        .where('attempts', '>=', patientTries)
        .executeTakeFirst()
      return typeof row?.next_at === 'number' ? new Date(row.next_at) : undefined
    },

    async find(registry, id) {
      const row = await selectOf(db, registry).where('id', '=', id).executeTakeFirst()
      return row && toDelivery(row)
    },

    async list(registry, { state, lane, before = Number.MAX_SAFE_INTEGER, limit }) {
      const rows = await selectOf(db, registry)
        .where('id', '<', before)
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'waiting'))
        .$if(lane !== undefined, (query) => query.where('lane', '=', lane ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toDelivery)
    },
  }
}

export function deliveryWriter(tx: Kysely<Schema>): DeliveryWriter {
  return {
    async add(deliveries) {
      if (deliveries.length === 0) return
      await tx.insertInto('deliveries').values(deliveries.map(toRow)).execute()
    },

    async end(delivery, state, tried) {
      await tx
        .updateTable('deliveries')
        .set({ ...afterTry(delivery, tried), state, ended_at: tried.at.getTime() })
        .where('id', '=', delivery.id)
        .execute()
    },

    async putOff(delivery, nextAt, tried) {
      await tx
        .updateTable('deliveries')
        .set({ ...afterTry(delivery, tried), next_at: nextAt.getTime() })
        .where('id', '=', delivery.id)
        .execute()
    },

    async renew(id, at, until) {
      await tx
        .updateTable('deliveries')
        .set({ state: 'waiting', attempts: 0, next_at: at.getTime(), until: until.getTime(), ended_at: null })
        .where('id', '=', id)
        .execute()
    },

    async forget(before, limit) {
      const old = tx
        .selectFrom('deliveries')
        .select('id')
        .where('ended_at', '<', before.getTime())
        .orderBy('ended_at')
        .limit(limit)
      const { numDeletedRows } = await tx.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst()
      return Number(numDeletedRows)
    },
  }
}

function afterTry({ tries }: Delivery, tried: Try) {
  return {
    answer: tried.answer,
    attempts: sql<number>`attempts + 1`,
    tries: JSON.stringify([...tries, tried].slice(-keptTries)),
  }
}

/** As `afterTry` writes them. */
function readTries(text: string | null): Try[] {
  const tries: { readonly at: string; readonly answer: string }[] = JSON.parse(text ?? '[]')
  return tries.map(({ at, answer }) => ({ at: new Date(at), answer }))
}

function selectWaiting(db: Kysely<Schema>, lane: string) {
  return db.selectFrom('deliveries').where('lane', '=', lane).where(sql<boolean>`state = 'waiting'`)
}

function selectOf(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

function toRow({ registry, lane, kind, content, createdAt, limits }: NewDelivery) {
  return {
    account_id: registry.account,
    region: registry.region,
    lane,
    kind,
    content: JSON.stringify(content),
    created_at: createdAt.getTime(),
    most_attempts: limits.attempts,
    until: limits.until.getTime(),
    next_at: createdAt.getTime(),
  }
}

function toDelivery(row: Selectable<DeliveryTable>): Delivery {
  return {
    id: row.id,
    registry: { account: row.account_id, region: row.region },
    lane: row.lane,
    kind: row.kind,
    content: JSON.parse(row.content),
    createdAt: new Date(row.created_at),
    limits: { attempts: row.most_attempts, until: new Date(row.until) },
    state: row.state,
    attempts: row.attempts,
    nextAt: new Date(row.next_at),
    ...(row.answer !== null && { answer: row.answer }),
    ...(row.ended_at !== null && { endedAt: new Date(row.ended_at) }),
    tries: readTries(row.tries),
  }
}
