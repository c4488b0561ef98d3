import { afterAll, beforeAll, expect, test } from 'vitest'
import { setPolicy, succeed } from '../support/callers.ts'
import { type AttackWorld, allow, arnOf, openAttackWorld, pulling, robotHeader } from './attack-world.ts'

// Zot CVE-2025-23208: groups that had been taken away were kept. Here everything that is taken away is gone within five seconds.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const manifest = '/v2/secret/app/manifests/v1'
const withinFiveSeconds = { timeout: 5_000, interval: 100 }

async function isShutOut(authorization: string, status: number): Promise<void> {
  const ask = async () => (await world.ask(manifest, authorization)).status
  await expect.poll(ask, withinFiveSeconds).toBe(status)
}

const iam = (name: string, input: Readonly<Record<string, string>>) =>
  succeed(world.aws.call('iam', name, input, world.root))

test('a login ends with its key, whether that is deleted or made inactive', async () => {
  for (const [UserName, end] of [
    ['deleted', 'DeleteAccessKey'],
    ['inactive', 'UpdateAccessKey'],
  ] as const) {
    const keys = await world.user(UserName, allow(pulling))
    const login = await world.login(keys)
    expect((await world.ask(manifest, login)).status).toBe(200)
    const status = end === 'UpdateAccessKey' ? { Status: 'Inactive' } : {}
    await iam(end, { UserName, AccessKeyId: keys.accessKeyId, ...status })
    await isShutOut(login, 401)
    expect((await world.aws.call('sts', 'GetCallerIdentity', {}, keys)).code).toBe('InvalidClientTokenId')
  }
})

test('a policy that is taken away, or denies, holds for logins that were got before', async () => {
  const login = await world.login(await world.user('policy', allow(pulling)))
  expect((await world.ask(manifest, login)).status).toBe(200)
  const deny = { Effect: 'Deny', Action: 'ecr:BatchGetImage', Resource: arnOf('secret/app') }
  await setPolicy(world.aws, world.root, 'policy', [allow(pulling), deny])
  await isShutOut(login, 403)
  await setPolicy(world.aws, world.root, 'policy', [allow(pulling)])
  expect((await world.ask(manifest, login)).status).toBe(200)
  await iam('DeleteUserPolicy', { UserName: 'policy', PolicyName: 'walk' })
  await isShutOut(login, 403)
})

test('a group that is left gives nothing more', async () => {
  const login = await world.login(await world.user('member', allow('ecr:GetAuthorizationToken')))
  await iam('CreateGroup', { GroupName: 'pullers' })
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow(pulling)] })
  await iam('PutGroupPolicy', { GroupName: 'pullers', PolicyName: 'pull', PolicyDocument })
  await iam('AddUserToGroup', { GroupName: 'pullers', UserName: 'member' })
  expect((await world.ask(manifest, login)).status).toBe(200)
  await iam('RemoveUserFromGroup', { GroupName: 'pullers', UserName: 'member' })
  await isShutOut(login, 403)
})

test('a robot ends when it is revoked, and can no more than its maker from one moment to the next', async () => {
  const robot = await world.robot('short', ['pull'], ['secret/*'])
  expect((await world.ask(manifest, robot)).status).toBe(200)
  await succeed(world.aws.call('berth', 'RevokeRobot', { robotName: 'short' }, world.root))
  await isShutOut(robot, 401)
  const maker = await world.user('maker', allow(['berth:CreateRobot', ...pulling]))
  const input = { robotName: 'made', actions: ['pull'], repositories: ['*'] }
  const made = robotHeader(await succeed(world.aws.call('berth', 'CreateRobot', input, maker)))
  expect((await world.ask(manifest, made)).status).toBe(200)
  await setPolicy(world.aws, world.root, 'maker', [allow('berth:CreateRobot')])
  await isShutOut(made, 403)
  await setPolicy(world.aws, world.root, 'maker', [allow(pulling)])
  expect((await world.ask(manifest, made)).status).toBe(200)
  await iam('DeleteUserPolicy', { UserName: 'maker', PolicyName: 'walk' })
  await iam('DeleteAccessKey', { UserName: 'maker', AccessKeyId: maker.accessKeyId })
  await iam('DeleteUser', { UserName: 'maker' })
  await world.user('maker', allow('*'))
  await isShutOut(made, 403)
})
