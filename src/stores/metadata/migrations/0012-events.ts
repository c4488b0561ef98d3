import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What happened, on its way to the rules and from there to whoever wants to know. */
export const events: Migration = {
  name: '0012-events',
  statements: ({ identity, integer, text, table, keyTable }) => [
    sql`create table outbox (
      id ${identity},
      account_id ${text} not null,
      region ${text} not null,
      bus ${text} not null,
      hops ${integer} not null,
      event ${text} not null
    ) ${table}`,

    sql`create table event_buses (
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      description ${text},
      policy ${text},
      created_at ${integer} not null,
      changed_at ${integer} not null,
      primary key (account_id, region, name)
    ) ${table}`,

    sql`create table event_rules (
      account_id ${text} not null,
      region ${text} not null,
      bus ${text} not null,
      name ${text} not null,
      pattern ${text},
      schedule ${text},
      state ${text} not null,
      description ${text},
      role_arn ${text},
      created_by ${text} not null,
      created_at ${integer} not null,
      primary key (account_id, region, bus, name)
    ) ${table}`,

    sql`create table event_targets (
      account_id ${text} not null,
      region ${text} not null,
      bus ${text} not null,
      rule ${text} not null,
      id ${text} not null,
      arn ${text} not null,
      target ${text} not null,
      primary key (account_id, region, bus, rule, id),
      foreign key (account_id, region, bus, rule)
        references event_rules (account_id, region, bus, name) on delete cascade
    ) ${table}`,
    sql`create index event_targets_by_arn on event_targets (account_id, region, bus, arn, rule)`,

    sql`create table event_things (
      account_id ${text} not null,
      region ${text} not null,
      kind ${text} not null,
      name ${text} not null,
      id ${text} not null,
      content ${text} not null,
      created_at ${integer} not null,
      changed_at ${integer} not null,
      primary key (account_id, region, kind, name)
    ) ${table}`,

    sql`create table topics (
      account_id ${text} not null,
      region ${text} not null,
      name ${text} not null,
      attributes ${text} not null,
      policy ${text},
      created_at ${integer} not null,
      primary key (account_id, region, name)
    ) ${table}`,

    sql`create table subscriptions (
      id ${text} not null primary key,
      account_id ${text} not null,
      region ${text} not null,
      topic ${text} not null,
      protocol ${text} not null,
      endpoint ${text} not null,
      principal ${text} not null,
      attributes ${text} not null,
      confirmation ${text},
      token ${text} not null,
      token_until ${integer} not null,
      address ${text} not null,
      created_at ${integer} not null,
      foreign key (account_id, region, topic) references topics (account_id, region, name) on delete cascade
    ) ${table}`,
    sql`create unique index subscriptions_of_topic on subscriptions (account_id, region, topic, protocol, endpoint)`,
    sql`create index subscriptions_by_id on subscriptions (account_id, region, id)`,
    sql`create index subscriptions_by_topic on subscriptions (account_id, region, topic, id)`,
    sql`create unique index subscriptions_by_token on subscriptions (account_id, region, token)`,

    sql`create table arn_tags (
      arn ${text} not null,
      key ${text} not null,
      value ${text} not null,
      primary key (arn, key)
    ) ${keyTable}`,

    sql`create table deliveries (
      id ${identity},
      account_id ${text} not null,
      region ${text} not null,
      lane ${text} not null,
      kind ${text} not null,
      content ${text} not null,
      created_at ${integer} not null,
      most_attempts ${integer} not null,
      until ${integer} not null,
      state ${text} not null default 'waiting',
      attempts ${integer} not null default 0,
      next_at ${integer} not null,
      answer ${text},
      ended_at ${integer}
    ) ${table}`,
    sql`create index deliveries_waiting on deliveries (lane, id) where state = 'waiting'`,
    sql`create index deliveries_by_registry on deliveries (account_id, region, id)`,
    sql`create index deliveries_by_state on deliveries (account_id, region, state, id)`,
    sql`create index deliveries_ended on deliveries (ended_at) where ended_at is not null`,

    sql`create table signing_keys (
      place ${integer} not null primary key,
      id ${text} not null,
      private_key ${text} not null,
      certificate ${text} not null,
      created_at ${integer} not null
    ) ${table}`,

    sql`create table mailbox (
      id ${identity},
      sent_at ${integer} not null,
      content ${text} not null
    ) ${table}`,
  ],
}
