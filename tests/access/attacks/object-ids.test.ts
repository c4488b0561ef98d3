import { afterAll, beforeAll, expect, test } from 'vitest'
import { succeed } from '../support/callers.ts'
import { type AttackWorld, openAttackWorld, robotHeader } from './attack-world.ts'

// Harbor GHSA-wqpf-jx24-7hmp: what belongs to others was found by its id.

let world: AttackWorld
let others: { readonly accessKeyId: string; readonly secretAccessKey: string }
beforeAll(async () => {
  world = await openAttackWorld()
  others = JSON.parse(
    await succeed(world.aws.call('berth', 'CreateAccount', { accountId: '444455556666' }, world.root)),
  )
})
afterAll(() => world[Symbol.asyncDispose]())

test("another account's robots are neither seen nor revoked, and may have the same names", async () => {
  const ours = await world.robot('ci', ['pull'], ['*'])
  expect(await succeed(world.aws.call('berth', 'ListRobots', {}, others))).toBe('{"robots":[]}')
  const revoke = { robotName: 'ci' }
  expect((await world.aws.call('berth', 'RevokeRobot', revoke, others)).code).toBe('RobotNotFound')
  const input = { robotName: 'ci', actions: ['pull'], repositories: ['*'] }
  const theirs = robotHeader(await succeed(world.aws.call('berth', 'CreateRobot', input, others)))
  expect((await world.ask('/v2/secret/app/tags/list', theirs)).status).toBe(404)
  await succeed(world.aws.call('berth', 'RevokeRobot', revoke, others))
  expect((await world.ask('/v2/secret/app/tags/list', ours)).status).toBe(200)
})

test("another account's audit trail is not told", async () => {
  const mine = async () =>
    JSON.parse(await succeed(world.aws.call('berth', 'LookupEvents', {}, world.root))).events
  await expect.poll(mine, { timeout: 30_000 }).not.toEqual([])
  const theirs = JSON.parse(await succeed(world.aws.call('berth', 'LookupEvents', {}, others))).events
  for (const event of theirs) expect(JSON.stringify(event)).toContain('444455556666')
})

test("a page token of another's listing opens nothing", async () => {
  await world.robot('a', ['pull'], ['*'])
  await world.robot('b', ['pull'], ['*'])
  const page = await succeed(world.aws.call('berth', 'ListRobots', { maxResults: 1 }, world.root))
  const { nextToken } = JSON.parse(page)
  const stolen = await world.aws.call('berth', 'ListRobots', { maxResults: 1, nextToken }, others)
  expect(stolen.code).toBe('InvalidParameter')
})
