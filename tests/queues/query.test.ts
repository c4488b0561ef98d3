import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type AwsCli, findAwsCli } from '../support/aws-cli.ts'
import { runProgram } from '../support/client.ts'
import { testWith } from '../support/installed-programs.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

const test = testWith('aws')

let berth: LocalBerth
let cli: AwsCli | undefined
beforeAll(async () => {
  berth = await startBerth()
  cli = await findAwsCli(2)
})
afterAll(async () => {
  expect(berth?.failures).toEqual([])
  await berth?.[Symbol.asyncDispose]()
})

/** What Debian's `aws sqs` says, which is from the time before SQS spoke JSON. */
async function sqs(...args: readonly string[]) {
  const { rootAccessKey, rootSecretKey } = berth.secrets
  const env = {
    AWS_ACCESS_KEY_ID: rootAccessKey,
    AWS_SECRET_ACCESS_KEY: rootSecretKey,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_MAX_ATTEMPTS: '1',
  }
  const { stdout, stderr } = await runProgram(
    cli?.path ?? 'aws',
    ['sqs', ...args, '--endpoint-url', berth.url, '--output', 'json'],
    { env: { ...process.env, ...env } },
  )
  if (stderr !== '') throw new Error(stderr)
  return stdout === '' ? undefined : JSON.parse(stdout)
}

const queue = (name: string) => `${berth.url}/${berth.config.accountId}/${name}`

describe('a client that speaks the Query protocol', () => {
  test('makes a queue with attributes and tags, and finds them', async () => {
    const made = await sqs(
      'create-queue',
      '--queue-name',
      'jobs',
      '--attributes',
      'VisibilityTimeout=7',
      '--tags',
      'team=a',
    )
    expect(made).toEqual({ QueueUrl: queue('jobs') })
    expect(await sqs('get-queue-url', '--queue-name', 'jobs')).toEqual(made)
    expect(await sqs('list-queues')).toEqual({ QueueUrls: [queue('jobs')] })
    expect(await sqs('list-queue-tags', '--queue-url', queue('jobs'))).toEqual({ Tags: { team: 'a' } })
    await sqs('untag-queue', '--queue-url', queue('jobs'), '--tag-keys', 'team')
    expect(await sqs('list-queue-tags', '--queue-url', queue('jobs'))).toBeUndefined()
    const names = ['VisibilityTimeout', 'QueueArn']
    expect(
      await sqs('get-queue-attributes', '--queue-url', queue('jobs'), '--attribute-names', ...names),
    ).toEqual({
      Attributes: { VisibilityTimeout: '7', QueueArn: expect.stringMatching(/:jobs$/) },
    })
  })

  test('sends messages with attributes, whose digests fit, and receives and deletes them', async () => {
    const url = ['--queue-url', queue('jobs')]
    const attributes = JSON.stringify({ kind: { DataType: 'String', StringValue: 'a & b' } })
    await sqs('send-message', ...url, '--message-body', '<one>', '--message-attributes', attributes)
    const [message] = (
      await sqs('receive-message', ...url, '--message-attribute-names', 'All', '--attribute-names', 'All')
    ).Messages
    expect(message).toMatchObject({
      Body: '<one>',
      Attributes: { ApproximateReceiveCount: '1' },
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'a & b' } },
    })
    await sqs('delete-message', ...url, '--receipt-handle', message.ReceiptHandle)
    expect(await sqs('receive-message', ...url)).toBeUndefined()
  })

  test('sends batches, of which it hears entry by entry', async () => {
    const entries = JSON.stringify([
      { Id: 'a', MessageBody: '1' },
      { Id: 'b', MessageBody: '2', DelaySeconds: 1000 },
    ])
    const { Successful, Failed } = await sqs(
      'send-message-batch',
      '--queue-url',
      queue('jobs'),
      '--entries',
      entries,
    )
    expect(Successful).toMatchObject([{ Id: 'a' }])
    expect(Failed).toMatchObject([{ Id: 'b', SenderFault: true }])
  })

  test('knows errors by the codes of its time', async () => {
    await expect(sqs('get-queue-url', '--queue-name', 'absent')).rejects.toThrow(
      '(AWS.SimpleQueueService.NonExistentQueue)',
    )
    await expect(sqs('purge-queue', '--queue-url', queue('absent'))).rejects.toThrow(
      '(AWS.SimpleQueueService.NonExistentQueue)',
    )
    await sqs('delete-queue', '--queue-url', queue('jobs'))
    expect(await sqs('list-queues')).toBeUndefined()
  })
})
