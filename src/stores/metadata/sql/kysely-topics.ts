import { type Insertable, type Kysely, type Selectable, sql } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { Subscription, Topic, TopicKey } from '../../../core/topics/topic.ts'
import type { SubscriptionTable, TopicTable } from '../schema/events.ts'
import type { Schema } from '../schema.ts'
import type { TopicReader, TopicWriter } from '../topics.ts'

export function topicReader(db: Kysely<Schema>): TopicReader {
  return {
    async find(key) {
      const row = await selectTopics(db, key).where('name', '=', key.name).executeTakeFirst()
      return row && toTopic(row)
    },

    async list(registry, { after = '', limit }) {
      const rows = await selectTopics(db, registry)
        .where('name', '>', after)
        .orderBy('name')
        .limit(limit)
        .execute()
      return rows.map(toTopic)
    },

    async counts(key) {
      const row = await db
        .selectFrom('subscriptions')
        .select(({ fn }) => [
          fn.countAll<number>().as('all'),
          sql<number>`count(confirmation)`.as('confirmed'),
        ])
        .where('account_id', '=', key.account)
        .where('region', '=', key.region)
        .where('topic', '=', key.name)
        .executeTakeFirstOrThrow()
      return { confirmed: row.confirmed, pending: row.all - row.confirmed }
    },

    async subscription({ topic, id }) {
      const row = await selectSubscriptions(db, topic).where('id', '=', id).executeTakeFirst()
      return row && toSubscription(row)
    },

    async subscriptionByToken(registry, token) {
      const row = await selectSubscriptions(db, registry).where('token', '=', token).executeTakeFirst()
      return row && toSubscription(row)
    },

    async subscriptionOf(topic, { protocol, endpoint }) {
      const row = await selectSubscriptions(db, topic)
        .where('protocol', '=', protocol)
        .where('endpoint', '=', endpoint)
        .executeTakeFirst()
      return row && toSubscription(row)
    },

    async subscriptions(of, { after = '', limit }) {
      const rows = await selectSubscriptions(db, of)
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toSubscription)
    },

    async confirmed(topic, { after = '', limit }) {
      const rows = await selectSubscriptions(db, topic)
        .where('id', '>', after)
        .where('confirmation', 'is not', null)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toSubscription)
    },
  }
}

export function topicWriter(tx: Kysely<Schema>): TopicWriter {
  return {
    async put(topic) {
      const row = toTopicRow(topic)
      await tx
        .insertInto('topics')
        .values(row)
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'name']).doUpdateSet(row))
        .execute()
    },

    async delete({ account, region, name }) {
      await tx
        .deleteFrom('topics')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('name', '=', name)
        .execute()
    },

    async putSubscription(subscription) {
      const row = toSubscriptionRow(subscription)
      await tx
        .insertInto('subscriptions')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute()
    },

    async deleteSubscription({ topic, id }) {
      await tx
        .deleteFrom('subscriptions')
        .where('account_id', '=', topic.account)
        .where('region', '=', topic.region)
        .where('topic', '=', topic.name)
        .where('id', '=', id)
        .execute()
    },
  }
}

function selectTopics(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db.selectFrom('topics').selectAll().where('account_id', '=', account).where('region', '=', region)
}

function selectSubscriptions(db: Kysely<Schema>, of: TopicKey | RegistryKey) {
  const query = db
    .selectFrom('subscriptions')
    .selectAll()
    .where('account_id', '=', of.account)
    .where('region', '=', of.region)
  return 'name' in of ? query.where('topic', '=', of.name) : query
}

function toTopic(row: Selectable<TopicTable>): Topic {
  return {
    account: row.account_id,
    region: row.region,
    name: row.name,
    attributes: JSON.parse(row.attributes),
    ...(row.policy !== null && { policy: row.policy }),
    createdAt: new Date(row.created_at),
  }
}

function toTopicRow(topic: Topic): Insertable<TopicTable> {
  return {
    account_id: topic.account,
    region: topic.region,
    name: topic.name,
    attributes: JSON.stringify(topic.attributes),
    policy: topic.policy ?? null,
    created_at: topic.createdAt.getTime(),
  }
}

function toSubscription(row: Selectable<SubscriptionTable>): Subscription {
  return {
    topic: { account: row.account_id, region: row.region, name: row.topic },
    id: row.id,
    protocol: row.protocol,
    endpoint: row.endpoint,
    principal: row.principal,
    attributes: JSON.parse(row.attributes),
    ...(row.confirmation !== null && { confirmation: row.confirmation }),
    token: row.token,
    tokenUntil: new Date(row.token_until),
    address: row.address,
    createdAt: new Date(row.created_at),
  }
}

function toSubscriptionRow(subscription: Subscription): Insertable<SubscriptionTable> {
  const { topic } = subscription
  return {
    id: subscription.id,
    account_id: topic.account,
    region: topic.region,
    topic: topic.name,
    protocol: subscription.protocol,
    endpoint: subscription.endpoint,
    principal: subscription.principal,
    attributes: JSON.stringify(subscription.attributes),
    confirmation: subscription.confirmation ?? null,
    token: subscription.token,
    token_until: subscription.tokenUntil.getTime(),
    address: subscription.address,
    created_at: subscription.createdAt.getTime(),
  }
}
