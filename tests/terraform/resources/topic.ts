import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  NotFoundException,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns'
import { differ, normalJson, type Resource, unlessGone } from '../resource.ts'

export interface TopicAttributes {
  readonly displayName: string
  /** A document; undefined leaves the one that the topic has by itself. */
  readonly policy: object | undefined
  readonly signatureVersion: string
  readonly tags: Readonly<Record<string, string>>
}

/** `aws_sns_topic` */
export function topicResource(sns: SNSClient, Name: string): Resource<TopicAttributes> {
  const TopicArn = `arn:aws:sns:us-east-1:000000000000:${Name}`
  const attributesOf = ({ displayName, policy, signatureVersion }: TopicAttributes) => ({
    DisplayName: displayName,
    Policy: policy === undefined ? '' : normalJson(policy),
    SignatureVersion: signatureVersion,
  })
  const set = async (AttributeName: string, AttributeValue: string) => {
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName, AttributeValue }))
  }
  return {
    async create(wanted) {
      await sns.send(new CreateTopicCommand({ Name, Tags: tagList(wanted.tags) }))
      for (const [name, value] of Object.entries(attributesOf(wanted))) {
        if (value !== '') await set(name, value)
      }
    },
    async read() {
      const get = sns.send(new GetTopicAttributesCommand({ TopicArn }))
      const { Attributes: attributes } = (await unlessGone(get, NotFoundException)) ?? {}
      if (attributes === undefined) return undefined
      const { Tags = [] } = await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))
      const policy = JSON.parse(attributes.Policy ?? '{}')
      return {
        displayName: attributes.DisplayName ?? '',
        policy: policy.Id === '__default_policy_ID' ? undefined : policy,
        signatureVersion: attributes.SignatureVersion ?? '',
        tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      }
    },
    async update(before, wanted) {
      const old = new Map(Object.entries(attributesOf(before)))
      for (const [name, value] of Object.entries(attributesOf(wanted))) {
        if (old.get(name) !== value) await set(name, value)
      }
      const gone = Object.keys(before.tags).filter((key) => wanted.tags[key] === undefined)
      if (gone.length > 0) await sns.send(new UntagResourceCommand({ ResourceArn: TopicArn, TagKeys: gone }))
      if (differ(before.tags, wanted.tags) && Object.keys(wanted.tags).length > 0) {
        await sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: tagList(wanted.tags) }))
      }
    },
    destroy: async () => void (await sns.send(new DeleteTopicCommand({ TopicArn }))),
  }
}

function tagList(tags: TopicAttributes['tags']) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

export interface SubscriptionAttributes {
  readonly protocol: string
  readonly endpoint: string
  /** A document. */
  readonly filterPolicy: object | undefined
  readonly filterPolicyScope: string
  readonly rawMessageDelivery: boolean
}

/** `aws_sns_topic_subscription`, which keeps the ARN that Subscribe returned. */
export function subscriptionResource(sns: SNSClient, TopicArn: string): Resource<SubscriptionAttributes> {
  let SubscriptionArn: string | undefined
  const attributesOf = (wanted: SubscriptionAttributes) => ({
    FilterPolicy: wanted.filterPolicy === undefined ? '' : normalJson(wanted.filterPolicy),
    FilterPolicyScope: wanted.filterPolicyScope,
    RawMessageDelivery: String(wanted.rawMessageDelivery),
  })
  return {
    async create(wanted) {
      const given = Object.entries(attributesOf(wanted)).filter(
        ([, value]) => value !== '' && value !== 'false',
      )
      const subscribe = new SubscribeCommand({
        TopicArn,
        Protocol: wanted.protocol,
        Endpoint: wanted.endpoint,
        Attributes: Object.fromEntries(given),
        ReturnSubscriptionArn: true,
      })
      SubscriptionArn = (await sns.send(subscribe)).SubscriptionArn
    },
    async read() {
      const get = sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))
      const { Attributes: attributes } = (await unlessGone(get, NotFoundException)) ?? {}
      if (attributes === undefined) return undefined
      const { FilterPolicy: filter } = attributes
      return {
        protocol: attributes.Protocol ?? '',
        endpoint: attributes.Endpoint ?? '',
        filterPolicy: filter === undefined ? undefined : JSON.parse(filter),
        filterPolicyScope: filter === undefined ? '' : (attributes.FilterPolicyScope ?? ''),
        rawMessageDelivery: attributes.RawMessageDelivery === 'true',
      }
    },
    async update(before, wanted) {
      const old = new Map(Object.entries(attributesOf(before)))
      const changed = Object.entries(attributesOf(wanted)).filter(([name, value]) => old.get(name) !== value)
      for (const [AttributeName, value] of changed.toSorted(byScope)) {
        // A filter policy is taken away by one that asks for nothing; a scope that isn't given stays.
        if (AttributeName === 'FilterPolicyScope' && value === '') continue
        const AttributeValue = AttributeName === 'FilterPolicy' && value === '' ? '{}' : value
        await sns.send(
          new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }),
        )
      }
    },
    destroy: async () => void (await sns.send(new UnsubscribeCommand({ SubscriptionArn }))),
  }
}

/** The scope that takes nested policies is put before the policy, the other one after it. */
function byScope(one: readonly [string, string], other: readonly [string, string]): number {
  return placeOf(one) - placeOf(other)
}

function placeOf([name, value]: readonly [string, string]): number {
  if (name !== 'FilterPolicyScope') return 0
  return value === 'MessageBody' ? -1 : 1
}
