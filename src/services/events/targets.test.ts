import { describe, expect, test } from 'vitest'
import { serviceArn, serviceJob } from '../../core/ecs/scheduling/service-key.ts'
import { newService } from '../../core/ecs/scheduling/testing/scheduled-world.ts'
import { TaskRefusedError, type TaskRequest } from '../../messaging/start-tasks.ts'
import { home } from '../../messaging/testing/messaging-world.ts'
import { type EventsDesk, openEventsDesk, order } from './testing/events-desk.ts'

const group = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/events/orders'
const cluster = 'arn:aws:ecs:us-east-1:000000000000:cluster/default'
const role = 'arn:aws:iam::000000000000:role/runner'

describe('a log group', () => {
  test('has the event, or the log event that it is made to', async () => {
    await using desk = await openEventsDesk()
    await desk.run('CreateLogGroup', { logGroupName: '/aws/events/orders' })
    await desk.ruleTo(group)
    const { Entries } = await desk.putOrder()
    const InputTransformer = { InputTemplate: '{"timestamp": 12345, "message": "an order"}' }
    await desk.ruleTo(`${group}:*`, { InputTransformer })
    await desk.putOrder()
    const stream = { logGroupName: '/aws/events/orders', logStreamName: 'orders/one' }
    const { events } = await desk.run('GetLogEvents', { ...stream, startFromHead: true })
    expect(events).toMatchObject([{ timestamp: 12345, message: 'an order' }, { message: expect.any(String) }])
    expect(JSON.parse(events[1].message)).toMatchObject({ id: Entries[0].EventId, source: 'shop' })
  })

  test('that is not there, or of another account, gets nothing', async () => {
    await using desk = await openEventsDesk()
    await desk.ruleTo(group)
    await desk.putOrder()
    await desk.ruleTo(group.replace('000000000000', '111122223333'))
    await desk.putOrder()
    const dead = await desk.world.messaging.metadata.deliveries.list(home, { state: 'dead', limit: 9 })
    expect(dead.map(({ answer }) => answer)).toEqual([
      'A rule writes to log groups of its own account and region alone',
      'The specified log group does not exist.',
    ])
  })
})

describe('an ECS service', () => {
  const web = newService({ cluster: { ...home, name: 'default' } })

  test('deploys anew what it runs, once for each event', async () => {
    await using desk = await openEventsDesk()
    const { metadata } = desk.world.messaging
    await metadata.write((tx) => tx.services.put(web))
    await desk.ruleTo(serviceArn(web))
    await desk.putOrder()
    const [deployed, before] = (await metadata.services.find(web))?.deployments ?? []
    expect(before).toEqual(web.deployments[0])
    expect(deployed).toMatchObject({ family: 'web', revision: 1, rollout: 'IN_PROGRESS' })
    expect(deployed?.id).not.toBe(before?.id)
    expect(await metadata.jobs.find(serviceJob(web))).toBeDefined()
  })

  test('that is deleted, or of another account, stays as it is', async () => {
    await using desk = await openEventsDesk()
    const deleted = { ...web, status: 'INACTIVE' } as const
    const { metadata } = desk.world.messaging
    await metadata.write((tx) => tx.services.put(deleted))
    await desk.ruleTo(serviceArn(web))
    await desk.putOrder()
    await desk.ruleTo(serviceArn(newService()))
    await desk.putOrder()
    const dead = await metadata.deliveries.list(home, { state: 'dead', limit: 9 })
    expect(dead.map(({ answer }) => answer)).toEqual([
      'A rule redeploys services of its own account and region alone',
      'Service was not ACTIVE.',
    ])
    expect(await metadata.services.find(web)).toEqual(deleted)
  })
})

describe('an ECS cluster', () => {
  const EcsParameters = { TaskDefinitionArn: 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:1' }

  test('is asked for a task by the role, with the same token however often it is tried', async () => {
    const asked: TaskRequest[] = []
    await using desk = await openEventsDesk({
      startTasks: async (request) => {
        if (asked.push(request) === 1) throw new Error('no room')
        return ['arn:aws:ecs:us-east-1:000000000000:task/default/1']
      },
    })
    await desk.ruleTo(cluster, { RoleArn: role, EcsParameters })
    await desk.putOrder()
    desk.world.pass(1_000)
    await desk.world.settle()
    await desk.putOrder()
    expect(asked).toMatchObject([
      { rule: { name: 'orders' }, cluster, role, parameters: EcsParameters },
      { token: asked[0]?.token },
      { input: expect.stringContaining('"source":"shop"') },
    ])
    expect(asked[2]?.token).not.toBe(asked[0]?.token)
    const [delivery] = await desk.world.messaging.metadata.deliveries.list(home, { limit: 1 })
    expect(delivery?.answer).toBe('Started arn:aws:ecs:us-east-1:000000000000:task/default/1')
  })

  test('that refuses is not asked again', async () => {
    await using desk = await openEventsDesk({
      startTasks: async () => {
        throw new TaskRefusedError('TaskDefinition is inactive')
      },
    })
    await desk.ruleTo(cluster, { RoleArn: role, EcsParameters })
    await desk.putOrder(order)
    const [delivery] = await desk.world.messaging.metadata.deliveries.list(home, { limit: 1 })
    expect(delivery).toMatchObject({ state: 'dead', attempts: 1, answer: 'TaskDefinition is inactive' })
  })

  test('needs a role and parameters', async () => {
    await using desk = await openEventsDesk()
    await expect(desk.ruleTo(cluster, { EcsParameters })).rejects.toThrow(
      `RoleArn is required for target ${cluster}.`,
    )
    await expect(desk.ruleTo(cluster, { RoleArn: role })).rejects.toThrow(
      'Parameter(s) EcsParameters must be specified for target: one.',
    )
  })
})

describe('a queue', () => {
  const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`
  const allow = (service: string, name: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: service },
          Action: 'sqs:SendMessage',
          Resource: queueArn(name),
        },
      ],
    })

  async function makeQueue(desk: EventsDesk, QueueName: string, ...services: readonly string[]) {
    const Policy = services.map((service) => allow(service, QueueName)).at(0)
    const { QueueUrl } = await desk.run('CreateQueue', { QueueName, Attributes: Policy ? { Policy } : {} })
    return async () => {
      const asked = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }
      return (await desk.run('ReceiveMessage', asked)).Messages ?? []
    }
  }

  test('gets the event as its policy says', async () => {
    await using desk = await openEventsDesk()
    const receive = await makeQueue(desk, 'open', 'events.amazonaws.com')
    await makeQueue(desk, 'closed')
    await desk.ruleTo(queueArn('open'))
    const { Entries } = await desk.putOrder()
    expect(JSON.parse((await receive())[0].Body)).toMatchObject({ id: Entries[0].EventId, source: 'shop' })
    await desk.ruleTo(queueArn('closed'))
    await desk.putOrder()
    const [dead] = await desk.world.messaging.metadata.deliveries.list(home, { state: 'dead', limit: 1 })
    expect(dead?.answer).toContain('does not let events.amazonaws.com send messages')
  })

  test('gets the dead letters of a target: the event, and why', async () => {
    await using desk = await openEventsDesk()
    const receive = await makeQueue(desk, 'dead', 'events.amazonaws.com')
    await desk.ruleTo(group, { DeadLetterConfig: { Arn: queueArn('dead') } })
    const { Entries } = await desk.putOrder()
    const [letter] = await receive()
    expect(JSON.parse(letter.Body)).toMatchObject({ id: Entries[0].EventId })
    expect(letter.MessageAttributes).toMatchObject({
      RULE_ARN: { StringValue: 'arn:aws:events:us-east-1:000000000000:rule/orders' },
      TARGET_ARN: { StringValue: group },
      ERROR_MESSAGE: { StringValue: 'The specified log group does not exist.' },
      RETRY_ATTEMPTS: { StringValue: '0' },
    })
    await expect(desk.ruleTo(group, { DeadLetterConfig: { Arn: 'x' } })).rejects.toThrow(
      'Parameter DeadLetterConfig.Arn is not valid.',
    )
  })

  test('gets what a topic publishes, and what its other subscribers never took', async () => {
    await using desk = await openEventsDesk()
    const receive = await makeQueue(desk, 'news', 'sns.amazonaws.com')
    const receiveDead = await makeQueue(desk, 'lost', 'sns.amazonaws.com')
    const { TopicArn } = await desk.run('CreateTopic', { Name: 'news' })
    const subscription = { TopicArn, Protocol: 'sqs', Endpoint: queueArn('news') }
    const { SubscriptionArn } = await desk.run('Subscribe', subscription)
    expect(SubscriptionArn).toContain(`${TopicArn}:`)
    desk.hook.answer = ({ headers }) => ({
      status: headers['x-amz-sns-message-type'] === 'Notification' ? 410 : 200,
    })
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('lost') })
    const hook = { TopicArn, Protocol: 'http', Endpoint: desk.hook.url, Attributes: { RedrivePolicy } }
    await desk.run('Subscribe', hook)
    await desk.world.settle()
    const { Token } = JSON.parse(desk.hook.posted[0]?.body ?? '{}')
    await desk.run('ConfirmSubscription', { TopicArn, Token })
    await desk.run('Publish', { TopicArn, Message: 'hello' })
    await desk.world.settle()
    expect(JSON.parse((await receive())[0].Body)).toMatchObject({ Type: 'Notification', Message: 'hello' })
    const [lost] = await receiveDead()
    expect(JSON.parse(lost.Body)).toMatchObject({ Message: 'hello', TopicArn })
    expect(lost.MessageAttributes.ErrorMessage.StringValue).toBe('HTTP 410')
  })
})
