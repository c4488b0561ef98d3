import {
  AddPermissionCommand,
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  RemovePermissionCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

let berth: LocalBerth
let sqs: SQSClient
beforeAll(async () => {
  berth = await startBerth()
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  const credentials = { accessKeyId, secretAccessKey }
  sqs = new SQSClient({ endpoint: berth.url, region: 'us-east-1', credentials, maxAttempts: 1 })
})
afterAll(async () => {
  sqs?.destroy()
  expect(berth?.failures).toEqual([])
  await berth?.[Symbol.asyncDispose]()
})

async function makeQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
  return QueueUrl
}

const send = (QueueUrl: string, MessageBody: string) =>
  sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))

async function receive(QueueUrl: string, more: object = {}) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }),
  )
  return Messages
}

const bodies = async (...of: Parameters<typeof receive>) => (await receive(...of)).map(({ Body }) => Body)

describe('a queue', () => {
  test('is made once, found, described, changed and deleted', async () => {
    const url = await makeQueue('orders', { VisibilityTimeout: '5' })
    expect(url).toBe(`${berth.url}/000000000000/orders`)
    expect(await makeQueue('orders', { VisibilityTimeout: '5' })).toBe(url)
    await expect(makeQueue('orders', { VisibilityTimeout: '6' })).rejects.toMatchObject({
      name: 'QueueNameExists',
    })
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).QueueUrl).toBe(url)
    const set = { DelaySeconds: '3', Policy: '' }
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: set }))
    const get = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] })
    expect((await sqs.send(get)).Attributes).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
      VisibilityTimeout: '5',
      DelaySeconds: '3',
      MessageRetentionPeriod: '345600',
      ApproximateNumberOfMessages: '0',
    })
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'ord' }))).QueueUrls).toEqual([url])
    await sqs.send(new DeleteQueueCommand({ QueueUrl: url }))
    await expect(send(url, 'x')).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
      message: 'The specified queue does not exist.',
    })
  })

  test('has tags', async () => {
    const QueueUrl = await makeQueue('tagged')
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'web', stage: 'test' } }))
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }))
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ team: 'web' })
  })

  test.each([
    [{ VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    [{ RedrivePolicy: '{}' }, 'InvalidAttributeValue'],
    [{ Policy: 'x' }, 'InvalidAttributeValue'],
    [{ KmsMasterKeyId: 'alias/x' }, 'UnsupportedOperation'],
    [{ FifoQueue: 'true' }, 'UnsupportedOperation'],
  ])('is refused %j', async (attributes, name) => {
    await expect(makeQueue('refused', attributes as Record<string, string>)).rejects.toMatchObject({ name })
  })
})

describe('a message', () => {
  test('is hidden while somebody has it, comes back unless it is deleted, and tells of itself', async () => {
    const url = await makeQueue('hidden')
    const MessageAttributes = {
      kind: { DataType: 'String', StringValue: 'a' },
      bytes: { DataType: 'Binary', BinaryValue: Buffer.from([0, 255]) },
    }
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'hello', MessageAttributes }))
    const asked = { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }
    const [first] = await receive(url, asked)
    expect(first).toMatchObject({
      Body: 'hello',
      Attributes: { ApproximateReceiveCount: '1', SenderId: '000000000000' },
      MessageAttributes: { kind: MessageAttributes.kind },
    })
    expect(first?.MessageAttributes?.bytes?.BinaryValue).toEqual(new Uint8Array([0, 255]))
    expect(await bodies(url)).toEqual([])
    const ReceiptHandle = first?.ReceiptHandle
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }))
    const [second] = await receive(url, asked)
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2')
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: second?.ReceiptHandle }))
    const late = new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 })
    await expect(sqs.send(late)).rejects.toMatchObject({ name: 'MessageNotInflight' })
    await expect(
      sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: 'x' })),
    ).rejects.toMatchObject({ name: 'ReceiptHandleIsInvalid' })
  })

  test('is waited for', async () => {
    const url = await makeQueue('awaited')
    const waiting = bodies(url, { WaitTimeSeconds: 20 })
    await send(url, 'at last')
    expect(await waiting).toEqual(['at last'])
  })

  test('comes in batches, and what is wrong of one leaves the others', async () => {
    const url = await makeQueue('batches', { MaximumMessageSize: '1024' })
    const Entries = [
      { Id: 'a', MessageBody: 'one' },
      { Id: 'b', MessageBody: 'x'.repeat(1025) },
      { Id: 'c', MessageBody: 'three' },
    ]
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }))
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a', 'c'])
    expect(sent.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidParameterValue' }])
    const received = await receive(url)
    expect(received.map(({ Body }) => Body)).toEqual(['one', 'three'])
    const deletions = received.map(({ ReceiptHandle }, place) => ({ Id: `d${place}`, ReceiptHandle }))
    const deleted = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: deletions }))
    expect(deleted.Successful).toHaveLength(2)
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: [] }))).rejects.toMatchObject(
      { name: 'EmptyBatchRequest' },
    )
  })

  test('that was received too often goes to the dead-letter queue', async () => {
    const dead = await makeQueue('dead')
    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:000000000000:dead'
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 })
    const url = await makeQueue('lively', { VisibilityTimeout: '0', RedrivePolicy })
    await send(url, 'poison')
    for (const expected of [['poison'], ['poison'], []]) expect(await bodies(url)).toEqual(expected)
    const [message] = await receive(dead, { MessageSystemAttributeNames: ['All'] })
    expect(message).toMatchObject({
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:000000000000:lively' },
    })
    const sources = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))
    expect(sources.queueUrls).toEqual([url])
  })

  test('goes with a purge', async () => {
    const url = await makeQueue('purged')
    await send(url, 'x')
    await sqs.send(new PurgeQueueCommand({ QueueUrl: url }))
    expect(await bodies(url)).toEqual([])
  })
})

describe('dead letters', () => {
  const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`
  const patience = { timeout: 30_000, interval: 100 }
  const latest = async (SourceArn: string) =>
    (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }))).Results?.[0]

  /** A queue whose messages end in another one when they are received a second time. */
  async function makePair(name: string) {
    const dead = await makeQueue(`${name}-dead`)
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(`${name}-dead`), maxReceiveCount: 1 })
    return { dead, live: await makeQueue(name, { RedrivePolicy }) }
  }

  test('go back to the queue that gave them up, and to no other than they came from', async () => {
    const { dead, live } = await makePair('work')
    for (const body of ['one', 'two', 'three']) await send(live, body)
    await expect.poll(() => bodies(live, { VisibilityTimeout: 0 }), patience).toEqual([])
    const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('work-dead') }))
    await expect.poll(async () => (await latest(arnOf('work-dead')))?.Status, patience).toBe('COMPLETED')
    expect(await latest(arnOf('work-dead'))).toMatchObject({
      SourceArn: arnOf('work-dead'),
      ApproximateNumberOfMessagesMoved: 3,
      ApproximateNumberOfMessagesToMove: 3,
    })
    expect((await bodies(live)).toSorted()).toEqual(['one', 'three', 'two'])
    expect(await bodies(dead)).toEqual([])
    const over = sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))
    await expect(over).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await send(dead, 'from nowhere')
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('work-dead') }))
    await expect
      .poll(() => latest(arnOf('work-dead')), patience)
      .toMatchObject({ Status: 'FAILED', FailureReason: 'CouldNotDetermineMessageSource' })
    expect(await bodies(dead)).toEqual(['from nowhere'])
  })

  test('go elsewhere at a pace, one move at a time, until that is cancelled', async () => {
    const { dead } = await makePair('slow')
    const elsewhere = await makeQueue('elsewhere')
    for (const body of ['one', 'two', 'three']) await send(dead, body)
    const move = {
      SourceArn: arnOf('slow-dead'),
      DestinationArn: arnOf('elsewhere'),
      MaxNumberOfMessagesPerSecond: 1,
    }
    const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand(move))
    await expect(sqs.send(new StartMessageMoveTaskCommand(move))).rejects.toMatchObject({
      message: expect.stringContaining('Only one active task is allowed'),
    })
    await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))
    await expect.poll(async () => (await latest(arnOf('slow-dead')))?.Status, patience).toBe('CANCELLED')
    const all = [...(await bodies(dead)), ...(await bodies(elsewhere))]
    expect(all.toSorted()).toEqual(['one', 'three', 'two'])
    const alive = sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('elsewhere') }))
    await expect(alive).rejects.toThrow('Source queue must be configured as a Dead Letter Queue.')
  })
})

test('statements are added to the policy of a queue and taken from it', async () => {
  const QueueUrl = await makeQueue('shared')
  const policy = async () => {
    const get = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] })
    return (await sqs.send(get)).Attributes?.Policy
  }
  const statement = { QueueUrl, Label: 'them', AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] }
  await sqs.send(new AddPermissionCommand(statement))
  expect(JSON.parse((await policy()) ?? '')).toMatchObject({
    Statement: [
      {
        Sid: 'them',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::111122223333:root'] },
        Action: ['SQS:SendMessage'],
        Resource: 'arn:aws:sqs:us-east-1:000000000000:shared',
      },
    ],
  })
  await expect(sqs.send(new AddPermissionCommand(statement))).rejects.toThrow('Already exists')
  await expect(
    sqs.send(new AddPermissionCommand({ ...statement, Label: 'own', Actions: ['DeleteQueue'] })),
  ).rejects.toThrow('Only the queue owner')
  await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: 'them' }))
  expect(await policy()).toBeUndefined()
})
