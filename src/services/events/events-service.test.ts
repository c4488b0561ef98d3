import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { home, type MessagingWorld } from '../../messaging/testing/messaging-world.ts'
import type { WebHook } from '../../messaging/testing/web-hook.ts'
import { type EventsDesk, openEventsDesk, order, orderPattern as pattern } from './testing/events-desk.ts'

let desk: EventsDesk
let world: MessagingWorld
let hook: WebHook
beforeEach(async () => {
  desk = await openEventsDesk()
  ;({ world, hook } = desk)
})
afterEach(() => desk[Symbol.asyncDispose]())

const run: EventsDesk['run'] = (operation, input) => desk.run(operation, input)
const destinationAt: EventsDesk['destinationAt'] = (url, auth) => desk.destinationAt(url, auth)
const ruleTo: EventsDesk['ruleTo'] = (arn, more) => desk.ruleTo(arn, more)
const putOrder: EventsDesk['putOrder'] = (entry) => desk.putOrder(entry)

const byKey = {
  AuthorizationType: 'API_KEY',
  AuthParameters: {
    ApiKeyAuthParameters: { ApiKeyName: 'X-Api-Key', ApiKeyValue: 'secret' },
    InvocationHttpParameters: { BodyParameters: [{ Key: 'added', Value: 'yes', IsValueSecret: false }] },
  },
}

describe('an API destination', () => {
  test('is called with the key, the path and the body that connection and target ask for', async () => {
    const arn = await destinationAt(`${hook.url}/*/orders`, byKey)
    const HttpParameters = {
      PathParameterValues: ['$.detail.who'],
      HeaderParameters: { 'X-Order': '$.detail.id' },
      QueryStringParameters: { from: 'berth' },
    }
    await ruleTo(arn, { HttpParameters })
    const { Entries } = await putOrder()
    expect(hook.posted).toHaveLength(1)
    expect(hook.posted[0]).toMatchObject({
      method: 'POST',
      url: '/hook/Ann%20Lee/orders?from=berth',
      headers: {
        'x-api-key': 'secret',
        'x-order': '7',
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Amazon/EventBridge/ApiDestinations',
      },
    })
    expect(JSON.parse(hook.posted[0]?.body ?? '')).toMatchObject({
      id: Entries[0].EventId,
      source: 'shop',
      detail: { id: 7 },
      added: 'yes',
    })
  })

  test('shows user and password to its own server', async () => {
    const auth = { BasicAuthParameters: { Username: 'ann', Password: 'pass' } }
    const arn = await destinationAt(hook.url, { AuthorizationType: 'BASIC', AuthParameters: auth })
    await ruleTo(arn, {
      InputTransformer: { InputPathsMap: { id: '$.detail.id' }, InputTemplate: '{"n": <id>}' },
    })
    await putOrder()
    expect(hook.posted[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ann:pass').toString('base64')}`)
    expect(hook.posted[0]?.body).toBe('{"n":7}')
  })

  test('that fails is called again, and never shows its secrets', async () => {
    const arn = await destinationAt(hook.url, byKey)
    await ruleTo(arn)
    let calls = 0
    hook.answer = () => ({ status: ++calls < 3 ? 503 : 200 })
    await putOrder()
    for (const wait of [1_000, 2_000]) {
      world.pass(wait)
      await world.settle()
    }
    expect(hook.posted).toHaveLength(3)
    const shown = JSON.stringify(await run('DescribeConnection', { Name: 'hook' }))
    expect(shown).toContain('X-Api-Key')
    expect(shown).not.toContain('secret"')
    const kept = await world.messaging.metadata.destinations.list(home, 'connection', { limit: 10 })
    expect(JSON.stringify(kept)).not.toContain('"secret"')
  })
})

describe('a rule', () => {
  test('sends on to another bus, once', async () => {
    const { EventBusArn: one } = await run('CreateEventBus', { Name: 'one' })
    const { EventBusArn: two } = await run('CreateEventBus', { Name: 'two' })
    const arn = await destinationAt(hook.url, byKey)
    await ruleTo(one)
    await run('PutRule', { Name: 'on', EventBusName: 'one', EventPattern: pattern })
    const Targets = [
      { Id: 'hook', Arn: arn },
      { Id: 'further', Arn: two },
    ]
    await run('PutTargets', { Rule: 'on', EventBusName: 'one', Targets })
    await putOrder()
    expect(hook.posted).toHaveLength(1)
    const dead = await world.messaging.metadata.deliveries.list(home, { state: 'dead', limit: 10 })
    expect(dead.map(({ answer }) => answer)).toEqual(['An event is sent on to another bus only once'])
  })

  test('runs at its times, and not when it is disabled or has others', async () => {
    const arn = await destinationAt(hook.url, byKey)
    const rule = { Name: 'tick', ScheduleExpression: 'rate(5 minutes)' }
    const { RuleArn } = await run('PutRule', rule)
    await run('PutTargets', { Rule: 'tick', Targets: [{ Id: 'hook', Arn: arn }] })
    const fiveMinutes = async () => {
      world.pass(300_000)
      await world.settle()
      return hook.posted.length
    }
    expect(await fiveMinutes()).toBe(1)
    expect(JSON.parse(hook.posted[0]?.body ?? '')).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: [RuleArn],
      detail: {},
    })
    expect(await fiveMinutes()).toBe(2)
    await run('PutRule', { ...rule, ScheduleExpression: 'rate(1 hour)' })
    expect(await fiveMinutes()).toBe(2)
    await run('PutRule', rule)
    await run('DisableRule', { Name: 'tick' })
    expect(await fiveMinutes()).toBe(2)
  })

  test('may publish to a topic as its policy says', async () => {
    const { TopicArn } = await run('CreateTopic', { Name: 'orders' })
    await ruleTo(TopicArn)
    const policy = (service: string) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: service }, Action: 'sns:Publish', Resource: TopicArn },
        ],
      })
    const states = async () =>
      (await world.messaging.metadata.deliveries.list(home, { limit: 10 })).map(({ state }) => state)
    await putOrder()
    expect(await states()).toEqual(['delivered'])
    const set = { TopicArn, AttributeName: 'Policy' }
    await run('SetTopicAttributes', { ...set, AttributeValue: policy('s3.amazonaws.com') })
    await putOrder()
    expect(await states()).toEqual(['dead', 'delivered'])
    await run('SetTopicAttributes', { ...set, AttributeValue: policy('events.amazonaws.com') })
    await putOrder()
    expect(await states()).toEqual(['delivered', 'dead', 'delivered'])
  })

  test('keeps its pattern byte by byte, and its targets when it is put again', async () => {
    const EventPattern = '{ "source" : ["shop"] }'
    await run('PutRule', { Name: 'orders', EventPattern, Description: 'first' })
    const { TopicArn } = await run('CreateTopic', { Name: 'orders' })
    await run('PutTargets', { Rule: 'orders', Targets: [{ Id: 'one', Arn: TopicArn, Input: '{"a":1}' }] })
    await run('PutRule', { Name: 'orders', EventPattern })
    const described = await run('DescribeRule', { Name: 'orders' })
    expect(described).toMatchObject({ EventPattern, State: 'ENABLED', EventBusName: 'default' })
    expect(described).not.toHaveProperty('Description')
    expect(await run('ListTargetsByRule', { Rule: 'orders' })).toEqual({
      Targets: [{ Id: 'one', Arn: TopicArn, Input: '{"a":1}' }],
    })
    expect(await run('ListRuleNamesByTarget', { TargetArn: TopicArn })).toEqual({ RuleNames: ['orders'] })
    await expect(run('DeleteRule', { Name: 'orders' })).rejects.toThrow(
      "Rule can't be deleted since it has targets.",
    )
    await run('RemoveTargets', { Rule: 'orders', Ids: ['one', 'missing'] })
    await run('DeleteRule', { Name: 'orders' })
    await expect(run('DescribeRule', { Name: 'orders' })).rejects.toThrow(
      'Rule orders does not exist on EventBus default.',
    )
  })
})

describe('what is asked wrongly', () => {
  test.each([
    ['PutRule', { Name: 'r' }, 'Parameter(s) EventPattern or ScheduleExpression must be specified.'],
    [
      'PutRule',
      { Name: 'r', ScheduleExpression: 'rate(1 minutes)' },
      'Parameter ScheduleExpression is not valid.',
    ],
    [
      'PutRule',
      { Name: 'r', EventPattern: '{}' },
      'Event pattern is not valid. Reason: Empty objects are not allowed',
    ],
    ['PutRule', { Name: 'r', EventPattern: pattern, EventBusName: 'x' }, 'Event bus x does not exist.'],
    ['PutTargets', { Rule: 'r', Targets: [] }, 'Rule r does not exist on EventBus default.'],
    ['DeleteEventBus', { Name: 'default' }, 'Cannot delete event bus default.'],
    [
      'DescribeConnection',
      { Name: 'c' },
      "Failed to describe the connection(s). Connection 'c' does not exist.",
    ],
    ['RemovePermission', { StatementId: 's' }, 'Statement with the provided id does not exist.'],
    ['TestEventPattern', { EventPattern: pattern, Event: '{}' }, 'Parameter Event is not valid.'],
  ])('%s %j is told in the words of AWS', async (operation, input, message) => {
    await expect(run(operation, input)).rejects.toThrow(message)
  })

  test('a target that nothing is sent to is answered by itself', async () => {
    await run('PutRule', { Name: 'r', EventPattern: pattern })
    const Arn = 'arn:aws:lambda:us-east-1:000000000000:function:f'
    expect(await run('PutTargets', { Rule: 'r', Targets: [{ Id: 'one', Arn }] })).toEqual({
      FailedEntryCount: 1,
      FailedEntries: [
        {
          TargetId: 'one',
          ErrorCode: 'ValidationException',
          ErrorMessage: `Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`,
        },
      ],
    })
  })

  test('entries of PutEvents are answered one by one, in their order', async () => {
    const Entries = [
      order,
      { ...order, Source: undefined },
      { ...order, Detail: '[]' },
      { ...order, Source: 'aws.ecr' },
      { ...order, EventBusName: 'missing' },
    ]
    expect(await run('PutEvents', { Entries })).toEqual({
      FailedEntryCount: 3,
      Entries: [
        { EventId: expect.any(String) },
        {
          ErrorCode: 'InvalidArgument',
          ErrorMessage: 'Parameter Source is not valid. Reason: Source is a required argument.',
        },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
        { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' },
        { EventId: expect.any(String) },
      ],
    })
  })
})
