import { afterAll, beforeAll, expect, test } from 'vitest'
import { elementIn, keysIn, succeed } from '../support/callers.ts'
import { type AttackWorld, allow, arnOf, openAttackWorld, pulling, robotHeader } from './attack-world.ts'

// Harbor CVE-2019-16919, CVE-2022-31667 and Quay CVE-2026-18255: a field in a request gave more than its sender had.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const manifest = '/v2/secret/app/manifests/v1'
const wide = { robotName: 'wide', actions: ['push', 'delete', 'create'], repositories: ['*'] }

test('a robot can do nothing that its maker may not, whatever was asked for it', async () => {
  const maker = await world.user('maker', allow('berth:CreateRobot'), allow(pulling, arnOf('open/app')))
  const robot = robotHeader(await succeed(world.aws.call('berth', 'CreateRobot', wide, maker)))
  expect((await world.ask('/v2/open/app/tags/list', robot)).status).toBe(200)
  expect((await world.ask(manifest, robot)).status).toBe(403)
  expect((await world.ask('/v2/open/app/blobs/uploads/', robot, { method: 'POST' })).status).toBe(403)
})

test('a policy of the repository for its maker, or for everyone, widens no scope', async () => {
  const maker = await world.user('named', allow('berth:CreateRobot'))
  const Principal = { AWS: ['arn:aws:iam::000000000000:user/named', '*'] }
  const statement = { Effect: 'Allow', Principal, Action: 'ecr:*' }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  const set = { repositoryName: 'secret/app', policyText }
  await succeed(world.aws.call('ecr', 'SetRepositoryPolicy', set, world.root))
  const input = { robotName: 'narrow', actions: ['pull'], repositories: ['open/*'] }
  const robot = robotHeader(await succeed(world.aws.call('berth', 'CreateRobot', input, maker)))
  expect((await world.ask(manifest, robot)).status).toBe(403)
  await succeed(world.aws.call('ecr', 'DeleteRepositoryPolicy', { repositoryName: 'secret/app' }, world.root))
})

test('whoever may not make robots makes none, and a session that has policies of its own neither', async () => {
  const user = await world.user('user', allow('ecr:*'))
  expect((await world.aws.call('berth', 'CreateRobot', wide, user)).code).toBe('AccessDenied')
  const trust = { Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'sts:AssumeRole' }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
  await succeed(
    world.aws.call('iam', 'CreateRole', { RoleName: 'admin', AssumeRolePolicyDocument }, world.root),
  )
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow('*')] })
  const put = { RoleName: 'admin', PolicyName: 'all', PolicyDocument }
  await succeed(world.aws.call('iam', 'PutRolePolicy', put, world.root))
  const assuming = await world.user('assuming', allow('sts:AssumeRole'))
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [allow('berth:CreateRobot')] })
  const assume = { RoleArn: 'arn:aws:iam::000000000000:role/admin', RoleSessionName: 'me', Policy }
  const body = await succeed(world.aws.call('sts', 'AssumeRole', assume, assuming))
  const session = { ...keysIn(body), sessionToken: elementIn(body, 'SessionToken') }
  const refused = await world.aws.call('berth', 'CreateRobot', { ...wide, robotName: 'escape' }, session)
  expect(refused).toMatchObject({ code: 'AccessDenied', body: expect.stringContaining('session policies') })
})

test('members that an operation does not have change nothing', async () => {
  const user = await world.user('fields', allow('berth:CreateRobot'))
  const url = new URL('/berth/v1/CreateRobot', world.berth.url)
  const more = {
    accountId: '999988887777',
    createdBy: 'arn:aws:iam::000000000000:root',
    maker: {},
    registry: {},
  }
  const body = JSON.stringify({ ...wide, robotName: 'extra', ...more })
  const { signCall } = await import('../../../src/protocols/aws/signature/sign-call.ts')
  const headers = { 'content-type': 'application/json' }
  const signed = signCall(
    { url, body, headers, time: new Date() },
    { ...user, region: 'us-east-1', service: 'berth' },
  )
  const answer = await fetch(url, { method: 'POST', headers: signed, body })
  expect(JSON.parse(await answer.text()).robot).toMatchObject({
    createdBy: 'arn:aws:iam::000000000000:user/fields',
    robotArn: 'arn:aws:berth:us-east-1:000000000000:robot/extra',
  })
})
