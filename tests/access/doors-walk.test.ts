import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { GetAuthorizationTokenCommand, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { DownloadTickets } from '../../src/access/download-tickets.ts'
import { ExecTokens } from '../../src/access/exec-tokens.ts'
import { rootOf } from '../../src/access/principal.ts'
import { RegistryTokens } from '../../src/access/registry-tokens.ts'
import { Seal } from '../../src/access/seal.ts'
import { TaskTokens } from '../../src/access/task-tokens.ts'
import { parseDigest } from '../../src/core/names/digest.ts'
import { parseRepositoryName } from '../../src/core/names/repository-name.ts'
import type { Doors, PagePath } from '../../src/protocols/http/front-door.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blobsOf } from '../support/test-image.ts'
import type { Keys } from './support/aws-requests.ts'
import { AwsCaller, type Callers, makeCallers, makeUser, setPolicy, succeed } from './support/callers.ts'

// All that is neither an AWS call nor below /v2/: what needs no credentials, and what needs others than those.

const metricsToken = 'scraper'
const everything = { Effect: 'Allow', Action: '*', Resource: '*' }

let berth: LocalBerth
let aws: AwsCaller
let callers: Callers
let digest: ReturnType<typeof parseDigest>
/** Logins of everybody whom the walks know, as their headers; nobody's is undefined. */
let everybody: Readonly<Record<string, string | undefined>>

beforeAll(async () => {
  berth = await startBerth({ metricsToken, anonymousPull: true, trustedProxies: '127.0.0.0/8' })
  aws = new AwsCaller(berth)
  callers = await makeCallers(berth, aws)
  await berth.createRepository('team/app')
  const image = await berth.pushRandomImage('team/app', 'v1')
  digest = parseDigest(blobsOf(image)[0]?.digest ?? '')
  everybody = await loginsOf()
})
afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

const basic = (password: string, user = 'AWS') =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
const yesterday = () => new Date(Date.now() - 25 * 3_600_000)
const registry = () => ({ account: berth.config.accountId, region: berth.config.region })

async function loginsOf(): Promise<typeof everybody> {
  const passing = await makeUser(aws, callers.root, 'passing', [everything])
  const denied = await makeUser(aws, callers.root, 'denied-later', [everything])
  const [revoked, deniedLogin] = [await loginOf(passing), await loginOf(denied)]
  await setPolicy(aws, callers.root, 'denied-later', [{ ...everything, Effect: 'Deny' }])
  const gone = { UserName: 'passing', AccessKeyId: passing.accessKeyId }
  await succeed(aws.call('iam', 'DeleteAccessKey', gone, callers.root))
  const tokens = new RegistryTokens(new Seal(berth.secrets.sealKey, 'registry-token'), yesterday)
  return {
    root: berth.authorization,
    allowed: await loginOf(callers.allowed),
    denied: deniedLogin,
    'another account': await loginOf(callers.otherAccount),
    nobody: undefined,
    revoked,
    expired: basic(tokens.issue(rootOf(registry().account), registry()).password),
    forged: basic('forged'),
  }
}

async function loginOf(keys: Keys): Promise<string> {
  const { authorizationData = [] } = await berth.clientOf(keys).send(new GetAuthorizationTokenCommand())
  return `Basic ${authorizationData[0]?.authorizationToken}`
}

interface Request {
  readonly method?: string
  readonly authorization?: string | undefined
  readonly body?: string
}

async function ask(path: string, { method = 'GET', authorization, body }: Request = {}) {
  const headers = {
    'x-forwarded-for': aws.freshAddress(),
    ...(authorization && { authorization }),
    ...(body !== undefined && { 'content-type': 'application/json' }),
  }
  const init = { method, headers, redirect: 'manual', ...(body !== undefined && { body }) } as const
  const answer = await fetch(new URL(path, berth.url), init)
  return { status: answer.status, body: await answer.text() }
}

/** What each of everybody is answered by status, where it isn't the same for all. */
async function statuses(path: string, request: Request = {}): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {}
  for (const [who, authorization] of Object.entries(everybody))
    found[who] = (await ask(path, { ...request, authorization })).status
  return found
}

const toAll = (status: number) =>
  Object.fromEntries(Object.keys(everybody).map((who): [string, number] => [who, status]))

/** Each page, and what everybody is answered alike. The compiler asks for a line when there is a new page. */
const pages: Readonly<Record<PagePath, readonly [method: string, status: number]>> = {
  '/': ['GET', 200],
  '/healthz': ['GET', 200],
  '/readyz': ['GET', 200],
  '/metrics': ['GET', 401],
  '/confirmation.html': ['POST', 400],
  '/unsubscribe.html': ['POST', 400],
  // These two are there in development mode alone.
  '/_localstack/health': ['GET', 404],
  '/_berth/reset': ['POST', 404],
}

/** How each door is walked. The compiler asks for a line when there is a new door. */
const doors: Readonly<Record<keyof Doors, string | (() => Promise<void>)>> = {
  registry: 'registry-walk.test.ts',
  aws: 'aws-walk.test.ts',
  pages: async () => {
    for (const [path, [method, status]] of Object.entries(pages))
      expect(await statuses(path, { method }), path).toEqual(toAll(status))
    expect((await ask('/metrics', { authorization: `Bearer ${metricsToken}` })).status).toBe(200)
    expect((await ask('/metrics', { authorization: 'Bearer scrape' })).status).toBe(401)
  },
  certificates: async () => {
    const path = `/SimpleNotificationService-${'0'.repeat(32)}.pem`
    expect(await statuses(path)).toEqual(toAll(404))
  },
  links: async () => {
    const arn = 'arn:aws:sns:us-east-1:000000000000:walk:2bb79d09-8f06-4d58-a8c5-f0b4a2c31a5f'
    for (const query of [
      'Action=ConfirmSubscription&TopicArn=x&Token=y',
      `Action=Unsubscribe&SubscriptionArn=${arn}x`,
    ])
      expect((await ask(`/?${query}`)).status, query).toBe(400)
  },
  tasks: async () => {
    const { sealKey } = berth.secrets
    const task = { cluster: { ...registry(), name: 'default' }, id: 'a'.repeat(32) }
    const issue = (purpose: 'credentials' | 'metadata', key = sealKey) =>
      new TaskTokens(key, purpose).issue({ task, container: 'app' })
    const other = new Uint8Array(32)
    const paths = ['credentials', 'v4'].flatMap((kind) =>
      ['', 'x', issue('credentials'), issue('metadata'), issue('credentials', other)].map(
        (token) => `/ecs/${kind}/${token}`,
      ),
    )
    for (const path of [...paths, '/ecs/', '/ecs/credentials'])
      expect(await statuses(path), path).toEqual(toAll(404))
    expect(await statuses('/ecs/credentials', { method: 'POST' })).toEqual(toAll(405))
  },
  layers: async () => {
    expect(await statuses(`/berth/layers/${digest}`)).toEqual(toAll(403))
    const url = await downloadUrl(callers.allowed)
    expect(await statuses(url)).toEqual(toAll(200))
    await expect(downloadUrl(callers.denied)).rejects.toThrow('explicit deny')
    await expect(downloadUrl(callers.otherAccount)).rejects.toThrow('no resource-based policy allows')
    await expect(downloadUrl(callers.revoked)).rejects.toThrow()
    for (const [what, bad] of Object.entries(await badUrls(url)))
      expect(await statuses(bad), what).toEqual(toAll(403))
  },
  console: async () => {
    expect(await statuses('/console')).toEqual(toAll(308))
    const exchange = (ticket: string) => ({ method: 'POST', body: JSON.stringify({ ticket }) })
    for (const bad of ['', 'x', `${callers.allowed.accessKeyId}.x`])
      expect(await statuses('/console/session', exchange(bad))).toEqual(toAll(403))
    for (const [who, arn] of [
      ['allowed', 'arn:aws:iam::000000000000:user/allowed'],
      ['denied', undefined],
      ['otherAccount', 'arn:aws:iam::444455556666:root'],
    ] as const) {
      const ticket = await consoleTicket(callers[who])
      expect(ticket === undefined, who).toBe(arn === undefined)
      if (ticket === undefined) continue
      const { body } = await ask('/console/session', exchange(ticket))
      expect((await aws.call('sts', 'GetCallerIdentity', {}, JSON.parse(body))).body).toContain(
        `<Arn>${arn}</Arn>`,
      )
      expect(await statuses('/console/session', exchange(ticket)), 'used already').toEqual(toAll(403))
    }
    const old = (await consoleTicket(callers.root)) ?? ''
    expire(old.split('.', 1)[0] ?? '')
    expect(await statuses('/console/session', exchange(old)), 'too old').toEqual(toAll(403))
  },
}

async function consoleTicket(keys: Keys): Promise<string | undefined> {
  const { status, body } = await aws.call('berth', 'CreateConsoleTicket', {}, keys)
  return status === 200 ? JSON.parse(body).ticket : undefined
}

/** Moves the end of a session into the past. */
function expire(keyId: string): void {
  using database = new DatabaseSync(join(berth.config.dataDir, 'metadata.db'))
  database.prepare('update iam_keys set expires_at = 1 where id = ?').run(keyId)
}

async function downloadUrl(keys: Keys): Promise<string> {
  const input = { registryId: registry().account, repositoryName: 'team/app', layerDigest: digest }
  const { downloadUrl = '' } = await berth.clientOf(keys).send(new GetDownloadUrlForLayerCommand(input))
  return new URL(downloadUrl).pathname + new URL(downloadUrl).search
}

/** URLs that were good once, or look so. */
async function badUrls(good: string): Promise<Readonly<Record<string, string>>> {
  const later = await makeUser(aws, callers.root, 'reader', [everything])
  const [denied, other] = [
    await downloadUrl(later),
    await makeUser(aws, callers.root, 'leaver', [everything]),
  ]
  const revoked = await downloadUrl(other)
  await setPolicy(aws, callers.root, 'reader', [{ ...everything, Effect: 'Deny' }])
  const gone = { UserName: 'leaver', AccessKeyId: other.accessKeyId }
  await succeed(aws.call('iam', 'DeleteAccessKey', gone, callers.root))
  const tickets = new DownloadTickets(new Seal(berth.secrets.sealKey, 'download-ticket'), yesterday)
  const repository = { ...registry(), name: parseRepositoryName('team/app') }
  const expired = tickets.issue(repository, digest, rootOf(registry().account))
  return {
    'of another layer': good.replace(digest, `sha256:${'0'.repeat(64)}`),
    altered: good.replace(/.{9}$/, (end) => (end.startsWith('A') ? `B${end.slice(1)}` : `A${end.slice(1)}`)),
    'of one who may no more': denied,
    'of a key that is gone': revoked,
    expired: `/berth/layers/${digest}?ticket=${expired}`,
  }
}

describe('every door but those of AWS and of images answers everybody by what they bring along', () => {
  for (const [door, walk] of Object.entries(doors)) {
    if (typeof walk !== 'string') test(door, walk)
    else
      test(`${door}, in a walk of its own`, () =>
        expect(existsSync(join(import.meta.dirname, walk))).toBe(true))
  }
})

test('there is nothing else, for anybody', async () => {
  for (const path of ['/admin', '/v1/', '/berth/', '/token', '/console2'])
    expect(await statuses(path), path).toEqual(toAll(404))
})

test('a bearer token of /v2/ is worth what the login is that it is got with, and no more', async () => {
  const found: Record<string, number> = {}
  for (const [who, authorization] of Object.entries(everybody)) {
    const { status, body } = await ask('/v2/token', { authorization })
    if (status !== 200) found[who] = status
    else {
      const bearer = `Bearer ${JSON.parse(body).token}`
      found[who] = (await ask('/v2/team/app/tags/list', { authorization: bearer })).status
    }
  }
  const unknown = { nobody: 401, revoked: 401, expired: 403, forged: 401 }
  expect(found).toEqual({ root: 200, allowed: 200, denied: 403, 'another account': 404, ...unknown })
})

test("a session's web socket opens with what ExecuteCommand gave within a minute, whoever comes with it", async () => {
  const task = { cluster: { ...registry(), name: 'default' }, id: 'a'.repeat(32) }
  const grant = { id: randomUUID(), task, container: 'app', command: 'sh' }
  const { sealKey } = berth.secrets
  const tokens = {
    none: '',
    'of another purpose': new Seal(sealKey, 'registry-token').seal([
      randomUUID(),
      'x',
      'app',
      'sh',
      Date.now() + 60_000,
    ]),
    'of another key': new ExecTokens(new Uint8Array(32), () => new Date()).issue(grant),
    'of yesterday': new ExecTokens(sealKey, yesterday).issue(grant),
  }
  for (const authorization of Object.values(everybody))
    for (const [what, TokenValue] of Object.entries(tokens))
      expect(await saidTo(TokenValue, authorization), what).toContain('The session is not there')
})

/** What is said on a session's channel that is opened with a token, until it is closed. */
async function saidTo(TokenValue: string, authorization: string | undefined): Promise<string> {
  const url = `${berth.url.replace('http', 'ws')}/ecs/sessions/walk`
  const client = new WebSocket(url, { headers: authorization === undefined ? {} : { authorization } })
  const said: Buffer[] = []
  client.on('message', (content) => said.push(Buffer.from(content as Buffer)))
  await once(client, 'open')
  client.send(JSON.stringify({ MessageSchemaVersion: '1.0', RequestId: randomUUID(), TokenValue }))
  await once(client, 'close')
  return Buffer.concat(said).toString()
}
