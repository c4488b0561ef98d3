import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebHook, type WebHook } from '../../src/messaging/testing/web-hook.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { ecrClientOf } from '../support/ecr-client.ts'
import { linkIn, startMailServer } from '../support/mail-server.ts'

let berth: BerthProcess
let hook: WebHook
let sns: SNSClient
let TopicArn: string | undefined
beforeAll(async () => {
  hook = await startWebHook()
  berth = await startBerthProcess({ flags: ['--outbound-networks', '127.0.0.1/32'] })
  const ecr = await ecrClientOf(berth)
  sns = new SNSClient({ endpoint: berth.url, region: 'us-east-1', credentials: ecr.config.credentials })
  ecr.destroy()
  ;({ TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' })))
})
afterAll(async () => {
  sns?.destroy()
  await berth?.[Symbol.asyncDispose]()
  await hook?.[Symbol.asyncDispose]()
})

const berthSays = (...args: readonly string[]) =>
  outputOf(process.execPath, [BERTH, ...args, '--data-dir', berth.dataDir])
const patience = { timeout: 30_000, interval: 200 }

test('berth mail shows the question, whose link confirms, and the message that follows', async () => {
  const empty = await runProgram(process.execPath, [BERTH, 'mail', 'show', '--data-dir', berth.dataDir])
  expect(empty.exitCode).not.toBe(0)
  expect(empty.stderr).toContain('The mailbox is empty')
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'dev@example.com' }))
  await expect.poll(() => berthSays('mail', 'list'), patience).toContain('Subscription Confirmation')
  const question = await berthSays('mail', 'show')
  expect(question).toContain('To: dev@example.com')
  const page = linkIn({ from: '', to: [], text: question }, '/confirmation.html')
  expect((await fetch(page, { method: 'POST' })).status).toBe(200)
  await sns.send(new PublishCommand({ TopicArn, Subject: 'First', Message: 'Something happened' }))
  await expect.poll(() => berthSays('mail', 'show'), patience).toContain('Something happened')
  expect(await berthSays('mail', 'show', '1')).toContain('Subscription Confirmation')
  const [latest] = JSON.parse(await berthSays('mail', 'list', '--json'))
  expect(latest).toMatchObject({ to: 'dev@example.com', subject: 'First' })
})

test('berth mail test tells what a mail server says', async () => {
  await using mailServer = await startMailServer()
  const flags = ['--smtp-url', mailServer.url, '--mail-from', 'berth@example.com']
  await using other = await startBerthProcess({ flags })
  const test = [BERTH, 'mail', 'test', 'dev@example.com', '--data-dir', other.dataDir]
  expect(await outputOf(process.execPath, test)).toContain('250')
  expect(await mailServer.next()).toMatchObject({ from: 'berth@example.com', to: ['dev@example.com'] })
})

test('berth events tells what became of deliveries, and has one or many tried anew', async () => {
  hook.answer = () => ({ status: 410 })
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: hook.url }))
  await expect.poll(() => berthSays('events', 'list', '--state', 'dead'), patience).toContain('HTTP 410')
  const dead = JSON.parse(await berthSays('events', 'list', '--state', 'dead', '--json'))
  expect(dead).toMatchObject([{ state: 'dead', attempts: 1, answer: 'HTTP 410' }])
  hook.answer = () => ({ status: 200 })
  const id = String(dead[0].deliveryId)
  expect(await berthSays('events', 'replay', id)).toBe(`Delivery ${id} is tried anew`)
  await expect.poll(() => berthSays('events', 'list', '--state', 'dead'), patience).not.toContain('HTTP 410')
  await expect.poll(() => hook.posted.length, patience).toBe(2)
  const shown = JSON.parse(await berthSays('events', 'show', id, '--json'))
  expect(shown.tries.map((one: { answer: string }) => one.answer)).toEqual(['HTTP 410', 'HTTP 200'])
  const receiver: string = dead[0].receiver
  const all = ['events', 'replay', '--state', 'delivered', '--receiver', receiver]
  expect(await berthSays(...all)).toBe(`Delivery ${id} is tried anew`)
  await expect.poll(() => hook.posted.length, patience).toBe(3)
  const unknown = await runProgram(process.execPath, [
    BERTH,
    'events',
    'replay',
    '999',
    '--data-dir',
    berth.dataDir,
  ])
  expect(unknown.exitCode).not.toBe(0)
  expect(unknown.stderr).toContain('There is no delivery 999')
})
