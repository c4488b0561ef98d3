import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type EventsDesk, openEventsDesk, order } from './testing/events-desk.ts'

let desk: EventsDesk
beforeEach(async () => {
  desk = await openEventsDesk()
})
afterEach(() => desk[Symbol.asyncDispose]())

const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/default'
const archive = 'arn:aws:events:us-east-1:000000000000:archive/kept'
const byKey = {
  AuthorizationType: 'API_KEY',
  AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: 'secret' } },
}
const hour = 60 * 60 * 1000

/** The bodies that the hook got. */
const told = () => desk.hook.posted.map(({ body }) => JSON.parse(body))

async function keepOrders(more: object = {}): Promise<void> {
  await desk.run('CreateArchive', { ArchiveName: 'kept', EventSourceArn: bus, ...more })
}

/** Begins a replay of the hour that has passed. */
function replay(ReplayName: string, more: object = {}) {
  const now = desk.world.messaging.now()
  return desk.run('StartReplay', {
    ReplayName,
    EventSourceArn: archive,
    EventStartTime: new Date(now.getTime() - hour),
    EventEndTime: new Date(now.getTime() + hour),
    Destination: { Arn: bus, ...more },
  })
}

describe('an archive', () => {
  test('keeps what fits its pattern, and says how much', async () => {
    await keepOrders({ EventPattern: '{"detail":{"id":[7]}}', RetentionDays: 3, Description: 'orders' })
    await desk.putOrder()
    await desk.putOrder({ ...order, Detail: '{"id":8}' })
    expect(await desk.run('DescribeArchive', { ArchiveName: 'kept' })).toEqual({
      ArchiveArn: archive,
      ArchiveName: 'kept',
      EventSourceArn: bus,
      Description: 'orders',
      EventPattern: '{"detail":{"id":[7]}}',
      State: 'ENABLED',
      RetentionDays: 3,
      SizeBytes: expect.any(Number),
      EventCount: 1,
      CreationTime: expect.any(Date),
    })
    const { Archives } = await desk.run('ListArchives', { EventSourceArn: bus })
    expect(Archives).toMatchObject([{ ArchiveName: 'kept', EventCount: 1 }])
  })

  test('is changed in what is given, and deleted', async () => {
    await keepOrders({ Description: 'orders' })
    await expect(desk.run('UpdateArchive', { ArchiveName: 'kept' })).rejects.toThrow('At least one of')
    await desk.run('UpdateArchive', { ArchiveName: 'kept', RetentionDays: 9 })
    const changed = await desk.run('DescribeArchive', { ArchiveName: 'kept' })
    expect(changed).toMatchObject({ Description: 'orders', RetentionDays: 9 })
    await expect(keepOrders()).rejects.toThrow('Archive kept already exists.')
    await desk.run('DeleteArchive', { ArchiveName: 'kept' })
    const gone = desk.run('DescribeArchive', { ArchiveName: 'kept' })
    await expect(gone).rejects.toThrow('Archive kept does not exist.')
  })

  test('is refused for what is no bus or no pattern', async () => {
    const create = (more: object) =>
      desk.run('CreateArchive', { ArchiveName: 'x', EventSourceArn: bus, ...more })
    await expect(create({ EventSourceArn: `${bus}x` })).rejects.toThrow('Event bus defaultx does not exist.')
    await expect(create({ EventPattern: '{' })).rejects.toThrow('Event pattern is not valid')
    await expect(create({ KmsKeyIdentifier: 'x' })).rejects.toThrow('Berth does not offer it')
  })
})

describe('a replay', () => {
  test('tells again what was kept, in its order, with its name, and keeps none of it again', async () => {
    await keepOrders()
    await desk.ruleTo(await desk.destinationAt(desk.hook.url, byKey))
    for (const id of [1, 2, 3]) await desk.putOrder({ ...order, Detail: JSON.stringify({ id }) })
    const first = told()
    const { ReplayArn, State } = await replay('again')
    expect({ ReplayArn, State }).toEqual({
      ReplayArn: 'arn:aws:events:us-east-1:000000000000:replay/again',
      State: 'STARTING',
    })
    await desk.world.settle()
    expect(told().slice(3)).toEqual(first.map((event) => ({ ...event, 'replay-name': 'again' })))
    expect(await desk.run('DescribeReplay', { ReplayName: 'again' })).toMatchObject({
      State: 'COMPLETED',
      EventSourceArn: archive,
      Destination: { Arn: bus },
      EventLastReplayedTime: expect.any(Date),
      ReplayEndTime: expect.any(Date),
    })
    expect((await desk.run('DescribeArchive', { ArchiveName: 'kept' })).EventCount).toBe(3)
    const { Replays } = await desk.run('ListReplays', { State: 'COMPLETED' })
    expect(Replays).toMatchObject([{ ReplayName: 'again' }])
  })

  test('tells the rules alone that it names', async () => {
    await keepOrders()
    await desk.ruleTo(await desk.destinationAt(desk.hook.url, byKey))
    await desk.run('PutRule', { Name: 'other', EventPattern: '{"source":["shop"]}' })
    await desk.putOrder()
    const rule = (name: string) => `arn:aws:events:us-east-1:000000000000:rule/${name}`
    await replay('others', { FilterArns: [rule('other')] })
    await desk.world.settle()
    expect(told()).toHaveLength(1)
    await replay('orders', { FilterArns: [rule('orders')] })
    await desk.world.settle()
    expect(told()).toHaveLength(2)
    await expect(replay('none', { FilterArns: [rule('none')] })).rejects.toThrow(
      'is no rule of the event bus',
    )
  })

  test('that is cancelled tells no more', async () => {
    await keepOrders()
    await desk.ruleTo(await desk.destinationAt(desk.hook.url, byKey))
    await desk.putOrder()
    await replay('cancelled')
    expect((await desk.run('CancelReplay', { ReplayName: 'cancelled' })).State).toBe('CANCELLING')
    await desk.world.settle()
    expect(told()).toHaveLength(1)
    expect((await desk.run('DescribeReplay', { ReplayName: 'cancelled' })).State).toBe('CANCELLED')
    const again = desk.run('CancelReplay', { ReplayName: 'cancelled' })
    await expect(again).rejects.toThrow('Replay cancelled is not in a valid state for this operation.')
  })

  test('goes from a time to a later one, on the bus of its archive', async () => {
    await keepOrders()
    await desk.run('CreateEventBus', { Name: 'other' })
    const now = desk.world.messaging.now()
    const backwards = { EventStartTime: now, EventEndTime: now }
    const input = { ReplayName: 'x', EventSourceArn: archive, Destination: { Arn: bus }, ...backwards }
    await expect(desk.run('StartReplay', input)).rejects.toThrow(
      'EventStartTime must be before EventEndTime.',
    )
    const other = 'arn:aws:events:us-east-1:000000000000:event-bus/other'
    await expect(replay('x', { Arn: other })).rejects.toThrow('Cross event bus replay is not permitted.')
    await replay('x')
    await expect(replay('x')).rejects.toThrow('Replay x already exists.')
  })
})
