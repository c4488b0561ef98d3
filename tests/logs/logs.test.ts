import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  ListTagsForResourceCommand,
  ListTagsLogGroupCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  paginateFilterLogEvents,
  TagLogGroupCommand,
  TagResourceCommand,
  UntagLogGroupCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

let berth: LocalBerth
let logs: CloudWatchLogsClient
beforeAll(async () => {
  berth = await startBerth()
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  logs = new CloudWatchLogsClient({
    endpoint: berth.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  })
})
afterAll(async () => {
  logs?.destroy()
  expect(berth?.failures).toEqual([])
  await berth?.[Symbol.asyncDispose]()
})

const minute = 60_000

/** A group of this name with these streams. */
async function makeGroup(logGroupName: string, ...streams: readonly string[]): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  for (const logStreamName of streams) {
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  }
}

/** Puts messages a millisecond apart, the last of them now unless told. */
async function put(
  logGroupName: string,
  logStreamName: string,
  messages: readonly string[],
  last = Date.now(),
) {
  const logEvents = messages.map((message, place) => ({
    message,
    timestamp: last - messages.length + 1 + place,
  }))
  return logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }))
}

describe('a log group', () => {
  const logGroupName = '/ecs/web'
  const resourceArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/ecs/web'

  test('is made, described with its retention and deleted', async () => {
    await logs.send(new CreateLogGroupCommand({ logGroupName, tags: { team: 'web' } }))
    await expect(logs.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
    })
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 7 }))
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/ecs' }))
    expect(logGroups).toEqual([
      {
        logGroupName,
        creationTime: expect.any(Number),
        retentionInDays: 7,
        metricFilterCount: 0,
        arn: `${resourceArn}:*`,
        storedBytes: 0,
        logGroupClass: 'STANDARD',
        logGroupArn: resourceArn,
        deletionProtectionEnabled: false,
      },
    ])
    await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }))
    const again = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'WEB' }))
    expect(again.logGroups?.[0]).not.toHaveProperty('retentionInDays')
  })

  test('has tags', async () => {
    await logs.send(new TagResourceCommand({ resourceArn, tags: { stage: 'test' } }))
    await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }))
    expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ stage: 'test' })
    await logs.send(new TagLogGroupCommand({ logGroupName, tags: { old: 'way' } }))
    await logs.send(new UntagLogGroupCommand({ logGroupName, tags: ['stage'] }))
    expect((await logs.send(new ListTagsLogGroupCommand({ logGroupName }))).tags).toEqual({ old: 'way' })
  })

  test('that is deleted is gone, with its tags', async () => {
    await logs.send(new DeleteLogGroupCommand({ logGroupName }))
    for (const command of [
      new DeleteLogGroupCommand({ logGroupName }),
      new ListTagsForResourceCommand({ resourceArn }),
      new GetLogEventsCommand({ logGroupName, logStreamName: 'x' }),
      new FilterLogEventsCommand({ logGroupName }),
      new CreateLogStreamCommand({ logGroupName, logStreamName: 'x' }),
    ]) {
      await expect(logs.send(command as FilterLogEventsCommand)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
        message: 'The specified log group does not exist.',
      })
    }
  })

  test('is refused what Berth does not keep', async () => {
    const create = (more: object) =>
      logs.send(new CreateLogGroupCommand({ logGroupName: 'refused', ...more }))
    await expect(create({ kmsKeyId: 'arn:aws:kms:x' })).rejects.toThrow("Berth does not offer 'kmsKeyId'")
    await expect(create({ logGroupClass: 'DELIVERY' })).rejects.toThrow('the class STANDARD alone')
    await expect(create({ logGroupName: 'a b' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining("Value 'a b' at 'logGroupName' failed to satisfy constraint"),
    })
    const wrongDays = new PutRetentionPolicyCommand({ logGroupName: 'refused', retentionInDays: 2 })
    await expect(logs.send(wrongDays)).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })
})

describe('a log stream', () => {
  test('is read from its end or from its head, page by page, to where the token stays the same', async () => {
    const stream = { logGroupName: 'paged', logStreamName: 'one' }
    await makeGroup('paged', 'one')
    await put('paged', 'one', ['a', 'b', 'c', 'd', 'e'])
    const read = async (more: object) => {
      const { events = [], ...tokens } = await logs.send(
        new GetLogEventsCommand({ ...stream, limit: 2, ...more }),
      )
      return { said: events.map(({ message }) => message).join(''), ...tokens }
    }
    const newest = await read({})
    expect(newest.said).toBe('de')
    const older = await read({ nextToken: newest.nextBackwardToken })
    expect(older.said).toBe('bc')
    expect((await read({ nextToken: older.nextForwardToken })).said).toBe('de')
    const oldest = await read({ startFromHead: true })
    expect(oldest.said).toBe('ab')
    let page = oldest
    const said: string[] = []
    for (let before = ''; page.nextForwardToken !== before; page = await read({ nextToken: before })) {
      said.push(page.said)
      before = page.nextForwardToken ?? ''
    }
    expect(said).toEqual(['ab', 'cd', 'e'])
    await put('paged', 'one', ['f'], Date.now() + minute)
    expect((await read({ nextToken: page.nextForwardToken })).said).toBe('f')
    expect(page.nextForwardToken).toMatch(/^f\/\d{56}\/s$/)
    await expect(read({ nextToken: 'f/7/s' })).rejects.toThrow('The specified nextToken is invalid.')
  })

  test('is described with the times of its events, by name or by the latest', async () => {
    await makeGroup('described', 'a', 'b')
    const at = Date.now() - minute
    await put('described', 'a', ['x', 'y'], at)
    const { logStreams } = await logs.send(
      new DescribeLogStreamsCommand({
        logGroupName: 'described',
        orderBy: 'LastEventTime',
        descending: true,
      }),
    )
    expect(logStreams).toEqual([
      {
        logStreamName: 'a',
        creationTime: expect.any(Number),
        firstEventTimestamp: at - 1,
        lastEventTimestamp: at,
        lastIngestionTime: expect.any(Number),
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:described:log-stream:a',
        storedBytes: 0,
      },
      expect.objectContaining({ logStreamName: 'b' }),
    ])
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'described' }))
    expect(logGroups?.[0]?.storedBytes).toBe(54)
    const both = new DescribeLogStreamsCommand({ logGroupName: 'described', logGroupIdentifier: 'described' })
    await expect(logs.send(both)).rejects.toMatchObject({ name: 'ValidationException' })
    await logs.send(new DeleteLogStreamCommand({ logGroupName: 'described', logStreamName: 'a' }))
    await expect(put('described', 'a', ['x'])).rejects.toThrow('The specified log stream does not exist.')
  })

  test('takes what is neither too old nor too new, and says what it did not', async () => {
    await makeGroup('sorted', 'a')
    const [event] = [{ message: 'x', timestamp: Date.now() - 15 * 24 * 60 * minute }]
    const stream = { logGroupName: 'sorted', logStreamName: 'a' }
    const { rejectedLogEventsInfo } = await logs.send(
      new PutLogEventsCommand({ ...stream, logEvents: [event] }),
    )
    expect(rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 })
    expect((await logs.send(new GetLogEventsCommand(stream))).events).toEqual([])
  })

  test('has answers of at most a mebibyte', async () => {
    await makeGroup('large', 'a')
    for (const letter of ['a', 'b', 'c', 'd', 'e']) await put('large', 'a', [letter.repeat(250_000)])
    const { events, nextForwardToken } = await logs.send(
      new GetLogEventsCommand({ logGroupName: 'large', logStreamName: 'a', startFromHead: true }),
    )
    expect(events?.map(({ message }) => message?.[0])).toEqual(['a', 'b', 'c', 'd'])
    const rest = await logs.send(
      new GetLogEventsCommand({ logGroupName: 'large', logStreamName: 'a', nextToken: nextForwardToken }),
    )
    expect(rest.events?.map(({ message }) => message?.[0])).toEqual(['e'])
  })
})

describe('a search', () => {
  test('finds what fits a pattern in all streams, in the order of time, each event with an id of its own', async () => {
    await makeGroup('searched', 'web/1', 'web/2', 'api/1')
    const at = Date.now()
    await put('searched', 'web/1', ['ERROR one', 'INFO two'], at - 10)
    await put('searched', 'api/1', ['{"level":"ERROR","code":500}'], at - 5)
    await put('searched', 'web/2', ['ERROR three'], at)
    const find = async (more: object) => {
      const found = await logs.send(new FilterLogEventsCommand({ logGroupName: 'searched', ...more }))
      return found.events ?? []
    }
    const messages = async (more: object) => (await find(more)).map(({ message }) => message)
    const errors = await find({ filterPattern: 'ERROR' })
    expect(errors.map(({ logStreamName }) => logStreamName)).toEqual(['web/1', 'api/1', 'web/2'])
    expect(new Set(errors.map(({ eventId }) => eventId)).size).toBe(3)
    expect(await find({ filterPattern: 'ERROR' })).toEqual(errors)
    expect(await messages({ filterPattern: '{ $.code >= 500 }' })).toEqual(['{"level":"ERROR","code":500}'])
    expect(await messages({ logStreamNamePrefix: 'web/' })).toEqual(['ERROR one', 'INFO two', 'ERROR three'])
    expect(await messages({ logStreamNames: ['web/2'] })).toEqual(['ERROR three'])
    expect(await messages({ logStreamNames: ['web/2', 'api/1'], startTime: at, endTime: at })).toEqual([
      'ERROR three',
    ])
    await expect(find({ filterPattern: '{ $.a' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  test('goes on page by page until all was looked at', async () => {
    await makeGroup('wide', 'a')
    const messages = Array.from({ length: 1_000 }, (_, place) =>
      place % 300 === 0 ? 'found' : 'passed over',
    )
    await put('wide', 'a', messages)
    const pages = paginateFilterLogEvents(
      { client: logs },
      { logGroupName: 'wide', filterPattern: 'found', limit: 3 },
    )
    const sizes: number[] = []
    for await (const { events = [] } of pages) sizes.push(events.length)
    expect(sizes).toEqual([3, 1])
  })
})
