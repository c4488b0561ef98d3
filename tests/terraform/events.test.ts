import { EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { applyEach } from './resource.ts'
import { type RuleAttributes, ruleResource, targetResource } from './resources/event-rule.ts'
import {
  type SubscriptionAttributes,
  subscriptionResource,
  type TopicAttributes,
  topicResource,
} from './resources/topic.ts'

let berth: LocalBerth
let events: EventBridgeClient
let sns: SNSClient
beforeAll(async () => {
  berth = await startBerth()
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  const settings = { endpoint: berth.url, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } }
  events = new EventBridgeClient(settings)
  sns = new SNSClient(settings)
})
afterAll(async () => {
  for (const client of [events, sns]) client?.destroy()
  expect(berth?.failures).toEqual([])
  await berth?.[Symbol.asyncDispose]()
})

const topicArn = 'arn:aws:sns:us-east-1:000000000000:pushes'
const pattern = { source: ['aws.ecr'], detail: { 'action-type': ['PUSH'], result: [{ prefix: 'S<&>' }] } }

test('aws_cloudwatch_event_rule', async () => {
  const pushes: RuleAttributes = {
    description: '',
    eventPattern: pattern,
    scheduleExpression: '',
    state: 'ENABLED',
    tags: {},
  }
  await applyEach(ruleResource(events, 'pushes'), [
    pushes,
    { ...pushes, description: 'each push', state: 'DISABLED', tags: { team: 'web', stage: 'test' } },
    { ...pushes, tags: { team: 'api' } },
    { ...pushes, eventPattern: undefined, scheduleExpression: 'rate(5 minutes)' },
  ])
})

test('aws_cloudwatch_event_target', async () => {
  await events.send(new PutRuleCommand({ Name: 'to', EventPattern: JSON.stringify(pattern) }))
  const mail = { Id: 'mail', Arn: topicArn }
  const transformer = {
    InputPathsMap: { tag: '$.detail.image-tag' },
    InputTemplate: '"<tag> was pushed"',
  }
  await applyEach(targetResource(events, 'to'), [
    mail,
    { ...mail, InputTransformer: transformer },
    {
      ...mail,
      InputPath: '$.detail',
      RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 3 },
    },
    { ...mail, Input: '{"text":"pushed"}' },
  ])
})

test('aws_sns_topic', async () => {
  const plain: TopicAttributes = { displayName: '', policy: undefined, signatureVersion: '', tags: {} }
  const allow = (service: string) => ({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'rules',
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sns:Publish',
        Resource: topicArn,
      },
    ],
  })
  await applyEach(topicResource(sns, 'pushes'), [
    { ...plain, tags: { team: 'web' } },
    { ...plain, displayName: 'Pushes & more', signatureVersion: '2', policy: allow('events.amazonaws.com') },
    { ...plain, policy: allow('s3.amazonaws.com'), tags: { team: 'api', stage: 'test' } },
  ])
})

test('aws_sns_topic_subscription', async () => {
  await sns.send(new CreateTopicCommand({ Name: 'pushes' }))
  const plain: SubscriptionAttributes = {
    protocol: 'email',
    endpoint: 'dev@example.com',
    filterPolicy: undefined,
    filterPolicyScope: '',
    rawMessageDelivery: false,
  }
  await applyEach(subscriptionResource(sns, topicArn), [
    plain,
    { ...plain, filterPolicy: { kind: ['a', 'b'] }, filterPolicyScope: 'MessageAttributes' },
    { ...plain, filterPolicy: { detail: { tag: ['v1'] } }, filterPolicyScope: 'MessageBody' },
    plain,
  ])
  const hook = { ...plain, protocol: 'http', endpoint: 'http://127.0.0.1:1/hook', rawMessageDelivery: true }
  await applyEach(subscriptionResource(sns, topicArn), [hook, { ...hook, rawMessageDelivery: false }])
})
