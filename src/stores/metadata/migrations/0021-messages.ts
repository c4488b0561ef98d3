import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What is kept of messages: logs, archives of events, and queues. */
export const messages: Migration = {
  name: '0021-messages',
  statements: ({ identity, integer, text, table, keyTable }) => [
    sql`create table log_groups (
      id ${identity},
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      retention_days ${integer},
      created_at ${integer} not null
    ) ${table}`,
    sql`create unique index log_groups_by_name on log_groups (account_id, region, name)`,
    sql`create index log_groups_with_retention on log_groups (id) where retention_days is not null`,

    sql`create table log_streams (
      id ${identity},
      group_id ${integer} not null,
      name ${text} not null,
      created_at ${integer} not null,
      first_event_at ${integer} not null default 0,
      last_event_at ${integer} not null default 0,
      last_ingested_at ${integer} not null default 0,
      stored_bytes ${integer} not null default 0
    ) ${table}`,
    sql`create unique index log_streams_by_name on log_streams (group_id, name)`,
    sql`create index log_streams_by_event on log_streams (group_id, last_event_at, name)`,

    sql`create table log_events (
      id ${identity},
      group_id ${integer} not null,
      stream_id ${integer} not null,
      at ${integer} not null,
      ingested_at ${integer} not null,
      message ${text} not null
    ) ${table}`,
    sql`create index log_events_of_stream on log_events (stream_id, at, id)`,
    sql`create index log_events_of_group on log_events (group_id, at, id)`,

    sql`create table event_archives (
      id ${identity},
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      bus ${text} not null,
      description ${text},
      pattern ${text},
      retention_days ${integer} not null,
      created_at ${integer} not null,
      event_count ${integer} not null default 0,
      bytes ${integer} not null default 0
    ) ${table}`,
    sql`create unique index event_archives_by_name on event_archives (account_id, region, name)`,

    sql`create table archived_events (
      id ${identity},
      archive_id ${integer} not null,
      at ${integer} not null,
      event ${text} not null
    ) ${table}`,
    sql`create index archived_events_by_time on archived_events (archive_id, at, id)`,

    sql`create table event_replays (
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      archive ${text} not null,
      state ${text} not null,
      content ${text} not null,
      primary key (account_id, region, name)
    ) ${table}`,
    sql`alter table outbox add column only_rules ${text}`,

    sql`create table queues (
      id ${identity},
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      attributes ${text} not null,
      created_at ${integer} not null,
      changed_at ${integer} not null
    ) ${table}`,
    sql`create unique index queues_by_name on queues (account_id, region, name)`,

    sql`create table queue_messages (
      id ${identity},
      queue_id ${integer} not null,
      message_id ${text} not null,
      body ${text} not null,
      attributes ${text} not null,
      sender ${text} not null,
      sent_at ${integer} not null,
      visible_at ${integer} not null,
      until ${integer} not null,
      receives ${integer} not null default 0,
      first_received_at ${integer},
      handle ${text},
      source ${text}
    ) ${table}`,
    sql`create index queue_messages_visible on queue_messages (queue_id, visible_at, id)`,
    sql`create index queue_messages_until on queue_messages (until)`,

    sql`create table leftovers (
      kind ${text} not null,
      id ${integer} not null,
      primary key (kind, id)
    ) ${keyTable}`,
  ],
}
