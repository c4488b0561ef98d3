import { describe, expect, test } from 'vitest'
import { TaskRefusedError, type TaskRequest } from '../../messaging/start-tasks.ts'
import { home } from '../../messaging/testing/messaging-world.ts'
import { openEventsDesk, order } from './testing/events-desk.ts'

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
