import { type Kysely, type Selectable, sql } from 'kysely'
import type { LogPosition, StoredLogEvent } from '../../../core/log-events/log-event.ts'
import type { LogGroup, LogGroupKey } from '../../../core/log-events/log-group.ts'
import type { LogEventPage, LogReader, LogScope, LogStream, StreamPage } from '../logs.ts'
import type { LogGroupTable, LogStreamTable } from '../schema/logs.ts'
import type { Schema } from '../schema.ts'
import { inPage } from './in-page.ts'

export function logReader(db: Kysely<Schema>): LogReader {
  return {
    async group(key) {
      const row = await selectGroups(db, key).where('name', '=', key.name).executeTakeFirst()
      return row && toGroup(row)
    },

    async groups(registry, { prefix, contains, after, limit }) {
      const query = selectGroups(db, registry).where(inPage({ prefix, after })).orderBy('name').limit(limit)
      const rows = await (contains === undefined ? query : query.where(hasInName(contains))).execute()
      return rows.map(toGroup)
    },

    async storedBytes(groupIds) {
      if (groupIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('log_streams')
        .select(['group_id', sql<number>`cast(sum(stored_bytes) as bigint)`.as('bytes')])
        .where('group_id', 'in', groupIds)
        .groupBy('group_id')
        .execute()
      return new Map(rows.map(({ group_id, bytes }) => [group_id, bytes]))
    },

    async stream(group, name) {
      const row = await selectStreams(db, group).where('name', '=', name).executeTakeFirst()
      return row && toStream(row)
    },

    async streams(group, page) {
      const rows = await streamPage(db, group, page).execute()
      return rows.map(toStream)
    },

    async events(scope, page) {
      const rows = await selectEvents(db, scope, page).execute()
      return rows.map(toEvent)
    },
  }
}

function selectGroups(db: Kysely<Schema>, { account, region }: Omit<LogGroupKey, 'name'>) {
  return db
    .selectFrom('log_groups')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

/** In any case of letters, as CloudWatch Logs has it. */
function hasInName(text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, String.raw`\$&`)}%`
  return sql<boolean>`lower(name) like ${pattern} escape '\\'`
}

function selectStreams(db: Kysely<Schema>, group: LogGroup) {
  return db.selectFrom('log_streams').selectAll().where('group_id', '=', group.id)
}

function streamPage(
  db: Kysely<Schema>,
  group: LogGroup,
  { order, descending, prefix, after, limit }: StreamPage,
) {
  const direction = descending ? 'desc' : 'asc'
  const beyond = descending ? '<' : '>'
  let query = selectStreams(db, group).limit(limit)
  if (prefix !== undefined) query = query.where(inPage({ prefix }))
  if (order === 'name') {
    if (after !== undefined) query = query.where('name', beyond, after.name)
    return query.orderBy('name', direction)
  }
  if (after !== undefined) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('last_event_at', 'name'), beyond, tuple(after.latest, after.name)),
    )
  }
  return query.orderBy('last_event_at', direction).orderBy('name', direction)
}

function selectEvents(db: Kysely<Schema>, scope: LogScope, page: LogEventPage) {
  const { from, to, after, before, order, limit } = page
  const direction = order === 'forward' ? 'asc' : 'desc'
  let query = db
    .selectFrom('log_events')
    .innerJoin('log_streams', 'log_streams.id', 'log_events.stream_id')
    .select(['log_events.id', 'at', 'ingested_at', 'message', 'log_streams.name'])
    .orderBy('at', direction)
    .orderBy('log_events.id', direction)
    .limit(limit)
  query =
    'stream' in scope
      ? query.where('stream_id', '=', scope.stream.id)
      : query.where('log_events.group_id', '=', scope.group.id)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (to !== undefined) query = query.where('at', '<', to)
  if (after !== undefined) query = query.where(isBeyond('>', after))
  if (before !== undefined) query = query.where(isBeyond('<', before))
  return query
}

function isBeyond(comparison: '<' | '>', { timestamp, id }: LogPosition) {
  return sql<boolean>`(at, log_events.id) ${sql.raw(comparison)} (${timestamp}, ${id})`
}

function toGroup(row: Selectable<LogGroupTable>): LogGroup {
  return {
    id: row.id,
    account: row.account_id,
    region: row.region,
    name: row.name,
    ...(row.retention_days !== null && { retentionInDays: row.retention_days }),
    createdAt: new Date(row.created_at),
  }
}

function toStream(row: Selectable<LogStreamTable>): LogStream {
  const { first_event_at: first, last_event_at: last, last_ingested_at: ingestedAt } = row
  return {
    id: row.id,
    groupId: row.group_id,
    name: row.name,
    createdAt: new Date(row.created_at),
    ...(ingestedAt > 0 && { events: { first, last, ingestedAt } }),
  }
}

function toEvent(row: {
  readonly id: number
  readonly at: number
  readonly ingested_at: number
  readonly message: string
  readonly name: string
}): StoredLogEvent {
  return {
    id: row.id,
    stream: row.name,
    timestamp: row.at,
    ingestedAt: row.ingested_at,
    message: row.message,
  }
}
