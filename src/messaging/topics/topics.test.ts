import { verify, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import type { TopicKey } from '../../core/topics/topic.ts'
import { home, type MessagingWorld, openMessagingWorld } from '../testing/messaging-world.ts'
import { startWebHook } from '../testing/web-hook.ts'
import { confirmSubscription } from './confirm-subscription.ts'
import { publishMessage } from './publish-message.ts'
import { subscribe } from './subscribe.ts'
import { unsubscribe } from './unsubscribe.ts'

const topic: TopicKey = { ...home, name: 'pushes' }
const address = 'http://localhost:4566'
const principal = 'arn:aws:iam::000000000000:root'

async function makeTopic({ messaging }: MessagingWorld, attributes: Readonly<Record<string, string>> = {}) {
  const { metadata, now } = messaging
  await metadata.write((tx) => tx.topics.put({ ...topic, attributes, createdAt: now() }))
}

function follow(
  { messaging }: MessagingWorld,
  protocol: 'email' | 'email-json' | 'http',
  endpoint: string,
  attributes: Readonly<Record<string, string>> = {},
) {
  return subscribe(messaging, { topic, protocol, endpoint, principal, attributes, address })
}

async function publish(world: MessagingWorld, facts: Partial<Parameters<typeof publishMessage>[1]> = {}) {
  const { metadata, newId, now } = world.messaging
  const publication = { id: newId(), topic, bodies: { default: 'hello' }, attributes: {}, ...facts }
  await metadata.write((tx) => publishMessage(tx, publication, now()))
  await world.settle()
}

/** What SNS's own receivers do: the fields of their type, by name, each on a line. */
async function isSigned(
  { messaging }: MessagingWorld,
  document: Readonly<Record<string, string>>,
): Promise<boolean> {
  const names =
    document.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
  const text = names
    .flatMap((name) => (document[name] === undefined ? [] : [`${name}\n${document[name]}\n`]))
    .join('')
  const [, id = ''] =
    /SimpleNotificationService-([0-9a-f]{32})\.pem$/.exec(document.SigningCertURL ?? '') ?? []
  const key = await messaging.metadata.signingKeys.find(id)
  const { publicKey } = new X509Certificate(key?.certificate ?? '')
  const hash = document.SignatureVersion === '2' ? 'sha256' : 'sha1'
  return verify(hash, Buffer.from(text), publicKey, Buffer.from(document.Signature ?? '', 'base64'))
}

test.each(['1', '2'])('a web hook is asked, and gets messages signed by version %s', async (version) => {
  await using world = await openMessagingWorld()
  await using hook = await startWebHook()
  await makeTopic(world, { SignatureVersion: version })
  const { token } = await follow(world, 'http', hook.url)
  await publish(world)
  expect(hook.posted).toHaveLength(1)
  const question = JSON.parse(hook.posted[0]?.body ?? '')
  expect(hook.posted[0]?.headers).toMatchObject({
    'x-amz-sns-message-type': 'SubscriptionConfirmation',
    'content-type': 'text/plain; charset=UTF-8',
  })
  expect(question).toMatchObject({
    Type: 'SubscriptionConfirmation',
    Token: token,
    SignatureVersion: version,
  })
  expect(await isSigned(world, question)).toBe(true)
  await confirmSubscription(world.messaging, { topic, token, authenticated: false })
  await publish(world, { subject: 'News', attributes: { kind: { Type: 'String', Value: 'test' } } })
  const message = JSON.parse(hook.posted[1]?.body ?? '')
  expect(message).toMatchObject({
    Type: 'Notification',
    Message: 'hello',
    Subject: 'News',
    MessageAttributes: { kind: { Type: 'String', Value: 'test' } },
    UnsubscribeURL: expect.stringContaining(`${address}/?Action=Unsubscribe&SubscriptionArn=`),
  })
  expect(await isSigned(world, message)).toBe(true)
  expect(await isSigned(world, { ...message, Message: 'forged' })).toBe(false)
})

test('each protocol gets the text that is meant for it', async () => {
  await using world = await openMessagingWorld()
  await makeTopic(world, { DisplayName: 'Team' })
  for (const protocol of ['email', 'email-json'] as const) {
    const { token } = await follow(world, protocol, `${protocol}@example.com`)
    await confirmSubscription(world.messaging, { topic, token, authenticated: false })
  }
  await world.settle()
  world.mails.length = 0
  await publish(world, { bodies: { default: 'for all', email: 'for people' } })
  const [plain, json] = world.mails.toSorted((one, other) => one.to.localeCompare(other.to)).toReversed()
  expect(plain).toMatchObject({
    fromName: 'Team',
    to: 'email@example.com',
    subject: 'AWS Notification Message',
  })
  expect(plain?.text).toContain('for people')
  expect(JSON.parse(json?.text ?? '')).toMatchObject({ Message: 'for all', Type: 'Notification' })
})

test('texts from outside are text in the markup of an e-mail', async () => {
  await using world = await openMessagingWorld()
  await makeTopic(world)
  const { token } = await follow(world, 'email', 'dev@example.com')
  await confirmSubscription(world.messaging, { topic, token, authenticated: false })
  await publish(world, { bodies: { default: '<script>alert(1)</script>' } })
  expect(world.mails.at(-1)?.html).toContain('&lt;script&gt;')
  expect(world.mails.at(-1)?.html).not.toContain('<script>')
})

test('a filter policy lets through what fits, by attributes or by the body', async () => {
  await using world = await openMessagingWorld()
  await makeTopic(world)
  const byAttribute = { FilterPolicy: '{"kind":["a"],"size":[{"numeric":[">",1]}]}' }
  const byBody = { FilterPolicy: '{"detail":{"tag":["v1"]}}', FilterPolicyScope: 'MessageBody' }
  for (const [name, attributes] of Object.entries({ byAttribute, byBody })) {
    const { token } = await follow(world, 'email', `${name}@example.com`, attributes)
    await confirmSubscription(world.messaging, { topic, token, authenticated: false })
  }
  await world.settle()
  world.mails.length = 0
  const attributes = { kind: { Type: 'String', Value: 'a' }, size: { Type: 'Number', Value: '2' } }
  await publish(world, { attributes })
  await publish(world, { attributes: { ...attributes, kind: { Type: 'String', Value: 'b' } } })
  await publish(world, { bodies: { default: '{"detail":{"tag":"v1"}}' } })
  await publish(world, { bodies: { default: 'no JSON' } })
  expect(world.mails.map(({ to }) => to)).toEqual(['byAttribute@example.com', 'byBody@example.com'])
})

test('a token is good for two days, and once confirmed says so again', async () => {
  await using world = await openMessagingWorld()
  await makeTopic(world)
  const { token } = await follow(world, 'email', 'dev@example.com')
  const confirm = (authenticated: boolean, given = token) =>
    confirmSubscription(world.messaging, { topic, token: given, authenticated })
  await expect(confirm(false, 'ff')).rejects.toThrow('Invalid parameter: Token')
  world.pass(2 * 24 * 60 * 60 * 1000 + 1)
  await expect(confirm(false)).rejects.toThrow('Invalid parameter: Token')
  const again = await follow(world, 'email', 'dev@example.com')
  await expect(confirm(false)).rejects.toThrow('Invalid parameter: Token')
  const { id } = await confirm(true, again.token)
  expect((await confirm(true, again.token)).id).toBe(id)
  await expect(confirm(false, again.token)).rejects.toThrow('Subscription already confirmed')
  await expect(unsubscribe(world.messaging, again, 'link')).rejects.toThrow('only be ended by its owner')
  await unsubscribe(world.messaging, again, 'signed')
  expect(await world.messaging.metadata.topics.subscription(again)).toBeUndefined()
})
