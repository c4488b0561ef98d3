import { type Kysely, type Selectable, sql } from 'kysely'
import type { Archive } from '../../../core/events/archive.ts'
import type { Replay, ReplayKey } from '../../../core/events/replay.ts'
import type { BusKey } from '../../../core/events/rule.ts'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { ArchiveReader } from '../archives.ts'
import type { EventArchiveTable, EventReplayTable } from '../schema/events.ts'
import type { Schema } from '../schema.ts'
import { inPage } from './in-page.ts'

export function archiveReader(db: Kysely<Schema>): ArchiveReader {
  return {
    async archive(key) {
      const row = await selectArchives(db, key).where('name', '=', key.name).executeTakeFirst()
      return row && toArchive(row)
    },

    async archives(registry, { bus, limit, ...page }) {
      const query = selectArchives(db, registry).where(inPage(page)).orderBy('name').limit(limit)
      const rows = await (bus === undefined ? query : query.where(isOf(bus))).execute()
      return rows.map(toArchive)
    },

    async archivesOf(bus) {
      const rows = await selectArchives(db, bus).where(isOf(bus)).orderBy('name').execute()
      return rows.map(toArchive)
    },

    async archived({ id }, { from, to, last, limit }) {
      let query = db
        .selectFrom('archived_events')
        .select(['id', 'at', 'event'])
        .where('archive_id', '=', id)
        .where('at', '>=', from.getTime())
        .where('at', '<', to.getTime())
      if (last !== undefined) query = query.where(sql<boolean>`(at, id) > (${last.at}, ${last.id})`)
      const rows = await query.orderBy('at').orderBy('id').limit(limit).execute()
      return rows.map((row) => ({ id: row.id, at: row.at, event: JSON.parse(row.event) }))
    },

    async replay(key) {
      const row = await selectReplay(db, key).executeTakeFirst()
      return row && toReplay(row)
    },

    async replays(registry, { archive, state, limit, ...page }) {
      let query = selectReplays(db, registry).where(inPage(page)).orderBy('name').limit(limit)
      if (archive !== undefined) query = query.where('archive', '=', archive)
      if (state !== undefined) query = query.where('state', '=', state)
      return (await query.execute()).map(toReplay)
    },
  }
}

function selectArchives(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db
    .selectFrom('event_archives')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

function isOf({ name }: BusKey) {
  return sql<boolean>`bus = ${name}`
}

export function selectReplay(db: Kysely<Schema>, key: ReplayKey) {
  return selectReplays(db, key).where('name', '=', key.name)
}

function selectReplays(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db
    .selectFrom('event_replays')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

function toArchive(row: Selectable<EventArchiveTable>): Archive {
  const { account_id: account, region } = row
  return {
    id: row.id,
    account,
    region,
    name: row.name,
    bus: { account, region, name: row.bus },
    ...(row.description !== null && { description: row.description }),
    ...(row.pattern !== null && { pattern: row.pattern }),
    retentionDays: row.retention_days,
    createdAt: new Date(row.created_at),
    events: row.event_count,
    bytes: row.bytes,
  }
}

/** What a replay is made of besides its key and state stands in its content, as JSON. */
export function toReplay(row: Selectable<EventReplayTable>): Replay {
  const { from, to, startedAt, endedAt, ...rest } = JSON.parse(row.content)
  return {
    ...rest,
    account: row.account_id,
    region: row.region,
    name: row.name,
    archive: row.archive,
    state: row.state,
    from: new Date(from),
    to: new Date(to),
    startedAt: new Date(startedAt),
    ...(endedAt !== undefined && { endedAt: new Date(endedAt) }),
  }
}
