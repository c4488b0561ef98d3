import { afterAll, beforeAll, expect, test } from 'vitest'
import { succeed } from '../support/callers.ts'
import { type AttackWorld, allow, openAttackWorld } from './attack-world.ts'

// Harbor (three times) and Quay CVE-2026-110697: % and _ in a name reached the rows of others.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const wild = ['%', '_pen/app', 'op%', 'open/ap_', "open/app' or '1'='1", '*', 'open/app%00', 'open\\/app']

test('a name with wildcards of SQL is the name of nothing', async () => {
  for (const name of wild) {
    const path = `/v2/${encodeURI(name)}/tags/list`
    expect((await world.ask(path, world.berth.authorization)).status, name).toBe(404)
    const images = await world.aws.call('ecr', 'DescribeImages', { repositoryName: name }, world.root)
    expect(images.status, name).toBe(400)
    const robot = { robotName: 'x', actions: ['pull'], repositories: [name] }
    if (name !== '*')
      expect((await world.aws.call('berth', 'CreateRobot', robot, world.root)).status, name).toBe(400)
    expect((await world.aws.call('berth', 'RevokeRobot', { robotName: name }, world.root)).status).toBe(400)
  }
})

test('a filter of the audit trail is compared, not matched', async () => {
  await world.berth.pushRandomImage('open/app', 'v1')
  const events = async (input: object) =>
    JSON.parse(await succeed(world.aws.call('berth', 'LookupEvents', { ...input }, world.root))).events
  await expect.poll(() => events({ repositoryName: 'open/app' }), { timeout: 30_000 }).not.toEqual([])
  for (const name of wild) expect(await events({ repositoryName: name })).toEqual([])
  for (const principal of ['arn:aws:iam::000000000000:roo_', '%'])
    expect(await events({ principal })).toEqual([])
  for (const action of ['ecr:%', 'ecr:*', 'ecr:PutImag_']) expect(await events({ action })).toEqual([])
})

test('a user whose name has wildcards is nobody else', async () => {
  const keys = await world.user('w_ld', allow('iam:GetUser'))
  await world.user('wild')
  expect((await world.aws.call('iam', 'GetUser', { UserName: 'w_ld' }, keys)).status).toBe(200)
  const other = await world.aws.call('iam', 'GetUser', { UserName: 'w%' }, keys)
  expect(other.status).toBeGreaterThanOrEqual(400)
})
