import { SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditEvent, LookupEventsRequest } from '../../src/services/berth/shapes.ts'
import type { Keys } from '../access/support/aws-requests.ts'
import { type AwsCaller, makeUser, others, succeed } from '../access/support/callers.ts'
import { openTwoAccounts, type TwoAccounts } from '../access/support/two-accounts.ts'
import { basic } from '../support/registry-login.ts'
import type { LocalBerth } from '../support/start-berth.ts'

const everything = { Effect: 'Allow', Action: '*', Resource: '*' }
const ours = '000000000000'
const arn = `arn:aws:ecr:us-east-1:${ours}:repository/team/app`
const userArn = (name: string) => `arn:aws:iam::${ours}:user/${name}`

let world: TwoAccounts
let berth: LocalBerth
let aws: AwsCaller
let root: Keys
let theirs: Keys

beforeAll(async () => {
  world = await openTwoAccounts()
  ;({ berth, aws, root, theirs } = world)
  await berth.createRepository('team/app')
  await berth.pushRandomImage('team/app', 'v1')
})
afterAll(() => world[Symbol.asyncDispose]())

interface Page {
  readonly events: readonly AuditEvent[]
  readonly nextToken?: string
}

async function lookUp(input: LookupEventsRequest, keys = root): Promise<Page> {
  return JSON.parse(await succeed(aws.call('berth', 'LookupEvents', { ...input }, keys)))
}

/** The one event of that kind, once it is written. */
async function find(filter: LookupEventsRequest, keys = root): Promise<AuditEvent | undefined> {
  await expect
    .poll(async () => (await lookUp(filter, keys)).events.length, { timeout: 30_000, interval: 100 })
    .toBe(1)
  return (await lookUp(filter, keys)).events[0]
}

const pull = (authorization: string) =>
  fetch(new URL('/v2/team/app/manifests/v1', berth.url), { headers: { authorization } })

describe('a denial names the statement that it comes from', () => {
  const Sid = 'Closed'
  const deny = { Sid, Effect: 'Deny', Action: 'ecr:BatchGetImage', Resource: '*' }
  const denied = async (name: string) =>
    (await find({ principal: userArn(name), action: 'ecr:BatchGetImage', outcome: 'denied' }))?.decidedBy

  test("of the caller's own policy, at either door", async () => {
    const keys = await makeUser(aws, root, 'at-v2', [everything, deny])
    expect((await pull(basic(await berth.password(keys)))).status).toBe(403)
    expect(await denied('at-v2')).toEqual({ policy: 'walk', sid: Sid })
    const other = await makeUser(aws, root, 'at-api', [everything, deny])
    const input = { repositoryName: 'team/app', imageIds: [{ imageTag: 'v1' }] }
    expect((await aws.call('ecr', 'BatchGetImage', input, other)).code).toMatch(/^AccessDenied/)
    expect(await denied('at-api')).toEqual({ policy: 'walk', sid: Sid })
  })

  test("of the repository's policy, and of none where none allows", async () => {
    const keys = await makeUser(aws, root, 'shut-out', [everything])
    const statement = {
      Sid,
      Effect: 'Deny',
      Principal: { AWS: userArn('shut-out') },
      Action: 'ecr:BatchGetImage',
    }
    const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await berth.ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'team/app', policyText }))
    expect((await pull(basic(await berth.password(keys)))).status).toBe(403)
    expect(await denied('shut-out')).toEqual({ policy: expect.stringContaining('team/app'), sid: Sid })
    const login = { ...everything, Action: 'ecr:GetAuthorizationToken' }
    const poor = await makeUser(aws, root, 'poor', [login])
    expect((await pull(basic(await berth.password(poor)))).status).toBe(403)
    expect(await denied('poor')).toBeUndefined()
  })
})

test('what is done across accounts is told to both, and to each page by page', async () => {
  const input = { registryId: ours, repositoryName: 'team/app' }
  expect((await aws.call('ecr', 'DeleteRepository', input, theirs)).code).toMatch(/^AccessDenied/)
  const filter = { action: 'ecr:DeleteRepository' }
  const event = await find(filter)
  expect(event).toMatchObject({ principal: `arn:aws:iam::${others}:root`, resource: arn, outcome: 'denied' })
  expect(await find(filter, theirs)).toMatchObject({ requestId: event?.requestId })
})

describe('LookupEvents', () => {
  test('has each event on one page, whatever comes meanwhile', async () => {
    const { events: whole } = await lookUp({ outcome: 'success', action: 'iam:CreateUser' })
    expect(whole.length).toBeGreaterThan(3)
    const paged: AuditEvent[] = []
    let nextToken: string | undefined
    do {
      const filter = { outcome: 'success', action: 'iam:CreateUser', maxResults: 1 } as const
      const page = await lookUp({ ...filter, ...(nextToken && { nextToken }) })
      expect(page.events).toHaveLength(1)
      paged.push(...page.events)
      nextToken = page.nextToken
      await makeUser(aws, root, `meanwhile-${paged.length}`, [])
    } while (nextToken !== undefined)
    expect(paged).toEqual(whole)
  })

  test('takes no token with another filter, and no time that is none', async () => {
    const { nextToken = '' } = await lookUp({ maxResults: 1 })
    const with_ = (input: object) =>
      aws.call('berth', 'LookupEvents', { nextToken, maxResults: 1, ...input }, root)
    expect((await with_({ outcome: 'denied' })).code).toBe('InvalidParameter')
    expect((await with_({})).status).toBe(200)
  })

  test('has what happened from its start on, and before its end', async () => {
    const filter = { outcome: 'success', action: 'iam:CreateUser' } as const
    const { events } = await lookUp(filter)
    const at = new Date(Number(events[1]?.eventTime) * 1000)
    const times = (found: Page) => found.events.map(({ eventTime }) => Number(eventTime) * 1000)
    const since = times(await lookUp({ ...filter, startTime: at }))
    const before = times(await lookUp({ ...filter, endTime: at }))
    expect(since.every((time) => time >= at.getTime())).toBe(true)
    expect(before.every((time) => time < at.getTime())).toBe(true)
    expect(since.length + before.length).toBe(events.length)
    expect((await lookUp({ ...filter, startTime: at, endTime: at })).events).toEqual([])
  })
})
