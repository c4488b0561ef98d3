import {
  EventBridgeClient,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateQueueCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askQuery, type Parameters, type QueryAnswer, type QueryKey } from '../support/ask-query.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

const [ours, theirs] = ['111122223333', '444455556666'] as const
const TopicArn = `arn:aws:sns:us-east-1:${ours}:pushes`
const bus = `arn:aws:events:us-east-1:${ours}:event-bus/default`

let berth: LocalBerth
let owner: QueryKey
let guest: QueryKey
let guestsUser: QueryKey
let ownersUser: QueryKey

beforeAll(async () => {
  berth = await startBerth({ dev: true })
  const { rootSecretKey: SecretAccessKey } = berth.secrets
  owner = { AccessKeyId: ours, SecretAccessKey }
  guest = { AccessKeyId: theirs, SecretAccessKey }
  ownersUser = await newUser(owner)
  guestsUser = await newUser(guest)
  resultOf(await sns(owner, 'CreateTopic', { Name: 'pushes' }))
})
afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

const sns = (key: QueryKey, action: string, parameters: Parameters = {}) =>
  askQuery(berth, key, ['sns', action, parameters])

function resultOf({ code, message, result }: QueryAnswer) {
  expect([code, message]).toEqual(['Success', ''])
  return result
}

async function newUser(root: QueryKey): Promise<QueryKey> {
  resultOf(await askQuery(berth, root, ['iam', 'CreateUser', { UserName: 'dev' }]))
  return resultOf(await askQuery(berth, root, ['iam', 'CreateAccessKey', { UserName: 'dev' }])).AccessKey
}

async function allow(root: QueryKey, Action: string, more: object = {}): Promise<void> {
  const PolicyDocument = policyOf({ Action, Resource: '*', ...more })
  const put = { UserName: 'dev', PolicyName: 'may', PolicyDocument }
  resultOf(await askQuery(berth, root, ['iam', 'PutUserPolicy', put]))
}

const policyOf = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  })

async function setPolicy(...statements: readonly object[]): Promise<void> {
  const AttributeValue = statements.length === 0 ? '' : policyOf(...statements)
  resultOf(await sns(owner, 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue }))
}

const publish = async (key: QueryKey) => (await sns(key, 'Publish', { TopicArn, Message: 'hello' })).message

describe('a topic', () => {
  const publishing = { Action: 'SNS:Publish', Resource: TopicArn }

  test('is published to by another account with its policy and one of that account, and not with one alone', async () => {
    expect(await sns(guest, 'Publish', { TopicArn, Message: 'hello' })).toMatchObject({
      code: 'AuthorizationError',
      message: expect.stringContaining('because no resource-based policy allows the'),
    })
    await setPolicy({ ...publishing, Principal: { AWS: theirs } })
    expect(await publish(guest)).toBe('')
    expect(await publish(guestsUser)).toContain('no identity-based policy')
    await allow(guest, 'sns:Publish')
    expect(await publish(guestsUser)).toBe('')
    await setPolicy()
    expect(await publish(guestsUser)).toContain('no resource-based policy')
  })

  test('lets a user of its own account in by either policy, but for what is denied', async () => {
    expect(await publish(ownersUser)).toContain('no identity-based policy')
    await setPolicy({ ...publishing, Principal: { AWS: `arn:aws:iam::${ours}:user/dev` } })
    expect(await publish(ownersUser)).toBe('')
    await setPolicy({ ...publishing, Effect: 'Deny', Principal: '*' })
    await allow(owner, 'sns:*')
    for (const key of [ownersUser, owner]) {
      expect(await publish(key)).toContain('with an explicit deny in a resource-based policy')
    }
    await setPolicy()
    expect(await publish(ownersUser)).toBe('')
  })

  test('is asked for the protocol and the tags that a policy speaks of', async () => {
    const secure = { StringEquals: { 'sns:Protocol': 'https', 'aws:ResourceTag/team': 'web' } }
    await allow(owner, 'sns:Subscribe', { Condition: secure })
    const subscribe = async (Protocol: string, Endpoint: string) =>
      (await sns(ownersUser, 'Subscribe', { TopicArn, Protocol, Endpoint })).code
    expect(await subscribe('https', 'https://hooks.test/a')).toBe('AuthorizationError')
    const Tags = [{ Key: 'team', Value: 'web' }]
    resultOf(await sns(owner, 'TagResource', { ResourceArn: TopicArn, Tags }))
    expect(await subscribe('https', 'https://hooks.test/a')).toBe('Success')
    expect(await subscribe('email', 'ann@example.test')).toBe('AuthorizationError')
  })
})

describe('an event bus', () => {
  const clientOf = ({ AccessKeyId, SecretAccessKey }: QueryKey) =>
    new EventBridgeClient({
      endpoint: berth.url,
      region: 'us-east-1',
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
      maxAttempts: 1,
    })
  const send = (key: QueryKey, Source = 'team.app') => {
    const entry = { EventBusName: bus, Source, DetailType: 'built', Detail: '{}' }
    return clientOf(key)
      .send(new PutEventsCommand({ Entries: [entry] }))
      .then(
        ({ FailedEntryCount }) => FailedEntryCount,
        ({ message }: Error) => message,
      )
  }

  test('takes events of another account with its policy alone', async () => {
    expect(await send(guest)).toContain('because no resource-based policy allows the events:PutEvents action')
    const StatementId = 'guests'
    const permission = { StatementId, Principal: theirs, Action: 'events:PutEvents' }
    await clientOf(owner).send(new PutPermissionCommand(permission))
    expect(await send(guest)).toBe(0)
    expect(await send(guestsUser)).toContain('no identity-based policy')
    await clientOf(owner).send(new RemovePermissionCommand({ StatementId }))
    expect(await send(guest)).toContain('no resource-based policy')
  })

  test("lets its account's users send what their policies say, and pass on the roles they say", async () => {
    await allow(owner, 'events:*', { Condition: { StringEqualsIfExists: { 'events:source': 'team.app' } } })
    expect(await send(ownersUser)).toBe(0)
    expect(await send(ownersUser, 'other.app')).toContain('events:PutEvents')
    const RoleArn = `arn:aws:iam::${ours}:role/deliver`
    const rule = new PutRuleCommand({ Name: 'all', EventPattern: '{"source":["team.app"]}', RoleArn })
    await expect(clientOf(ownersUser).send(rule)).rejects.toMatchObject({
      message: expect.stringContaining(`is not authorized to perform: iam:PassRole on resource: ${RoleArn}`),
    })
  })
})

test('a queue takes messages of another account with its policy alone', async () => {
  const clientOf = ({ AccessKeyId, SecretAccessKey }: QueryKey) =>
    new SQSClient({
      endpoint: berth.url,
      region: 'us-east-1',
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey },
      maxAttempts: 1,
    })
  const { QueueUrl } = await clientOf(owner).send(new CreateQueueCommand({ QueueName: 'work' }))
  const send = (key: QueryKey) =>
    clientOf(key)
      .send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }))
      .then(
        () => '',
        ({ message }: Error) => message,
      )
  expect(await send(guest)).toContain('no resource-based policy')
  const Policy = policyOf({ Principal: { AWS: theirs }, Action: 'sqs:SendMessage', Resource: '*' })
  await clientOf(owner).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
  expect(await send(guest)).toBe('')
  expect(await send(guestsUser)).toContain('no identity-based policy')
})
