import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely'
import { type BusKey, busArn } from '../../../core/events/rule.ts'
import type { EventReader, EventWriter, SentEvent, WaitingEvent } from '../events.ts'
import type { OutboxTable } from '../schema/events.ts'
import type { Schema } from '../schema.ts'
import { preparedQuery } from './prepared-query.ts'

/** Rows of one statement: databases allow only so many values. */
const rowsAtOnce = 1_000

const tables = [
  'outbox',
  'event_rules',
  'event_buses',
  'event_things',
  'topics',
  'arn_tags',
  'deliveries',
  'mailbox',
  'log_groups',
  'log_streams',
  'log_events',
  'event_archives',
  'archived_events',
  'event_replays',
  'queues',
  'queue_messages',
  'queue_moves',
  'leftovers',
] as const

export function eventReader(db: Kysely<Schema>): EventReader {
  const waiting = preparedQuery(db, (limit: number) =>
    db.selectFrom('outbox').selectAll().orderBy('id').limit(limit),
  )
  return {
    async waiting(limit) {
      const rows = await waiting(limit)
      return rows.map(toWaiting)
    },
  }
}

export function eventWriter(tx: Kysely<Schema>): EventWriter {
  return {
    async add(events) {
      const [first, ...more] = events
      if (first === undefined) return
      if (more.length === 0) return addIfHeard(tx, first)
      for (const onBus of Map.groupBy(events, ({ bus }) => busArn(bus)).values()) await addSome(tx, onBus)
    },

    async remove(ids) {
      if (ids.length === 0) return
      await tx.deleteFrom('outbox').where('id', 'in', ids).execute()
    },

    async deleteAll() {
      for (const table of tables) await tx.deleteFrom(table).execute()
    },
  }
}

/** One statement decides and writes: most transactions tell of one thing, and each statement has its price. */
async function addIfHeard(tx: Kysely<Schema>, sent: SentEvent): Promise<void> {
  const { account_id, region, bus, hops, event, only_rules } = toRow(sent)
  await sql`insert into outbox (account_id, region, bus, hops, event, only_rules)
    select ${account_id}, ${region}, ${bus}, ${hops}, ${event}, ${only_rules} where ${isHeard(sent.bus)}`.execute(
    tx,
  )
}

/** Events of one bus. */
async function addSome(tx: Kysely<Schema>, events: readonly SentEvent[]): Promise<void> {
  const [first] = events
  const { rows } = first ? await sql`select 1 where ${isHeard(first.bus)}`.execute(tx) : { rows: [] }
  if (rows.length === 0) return
  for (let begin = 0; begin < events.length; begin += rowsAtOnce) {
    const some = events.slice(begin, begin + rowsAtOnce).map(toRow)
    await tx.insertInto('outbox').values(some).execute()
  }
}

/** Whether a rule or an archive could take what comes to a bus. */
function isHeard({ account, region, name }: BusKey): RawBuilder<boolean> {
  return sql<boolean>`(
    exists (select 1 from event_rules where account_id = ${account} and region = ${region} and bus = ${name}
      and state <> 'DISABLED' and pattern is not null)
    or exists (select 1 from event_archives where account_id = ${account} and region = ${region} and bus = ${name})
  )`
}

function toWaiting(row: Selectable<OutboxTable>): WaitingEvent {
  const bus = { account: row.account_id, region: row.region, name: row.bus }
  return {
    id: row.id,
    bus,
    hops: row.hops,
    event: JSON.parse(row.event),
    ...(row.only_rules !== null && { onlyRules: JSON.parse(row.only_rules) }),
  }
}

function toRow({ bus: { account, region, name }, event, hops = 0, onlyRules }: SentEvent) {
  return {
    account_id: account,
    region,
    bus: name,
    hops,
    event: JSON.stringify(event),
    only_rules: onlyRules === undefined ? null : JSON.stringify(onlyRules),
  }
}
