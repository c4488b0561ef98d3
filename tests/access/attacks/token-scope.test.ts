import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AttackWorld, basicHeader, openAttackWorld } from './attack-world.ts'

// Zot CVE-2026-61833: a delete by the scope of a push. CVE-2026-31801: an overwrite by the scope of a creation. Quay CVE-2025-4374.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const manifest = '/v2/secret/app/manifests/v1'

test('who may push may not delete, and who may delete may neither push nor pull', async () => {
  const push = await world.robot('push', ['push'], ['secret/*'])
  const remove = await world.robot('delete', ['delete'], ['secret/*'])
  expect((await world.ask(manifest, push, { method: 'DELETE' })).status).toBe(403)
  expect((await world.ask(manifest, remove)).status).toBe(403)
  expect((await world.ask(manifest, remove, { method: 'PUT', body: '{}' })).status).toBe(403)
  expect((await world.ask(manifest, world.berth.authorization)).status).toBe(200)
})

test('who may only create overwrites nothing', async () => {
  const create = await world.robot('create', ['create'], ['*'])
  const put = {
    method: 'PUT',
    body: world.secret.manifest,
    headers: { 'content-type': world.secret.mediaType },
  }
  expect((await world.ask(manifest, create, put)).status).toBe(403)
  expect((await world.ask('/v2/secret/app/blobs/uploads/', create, { method: 'POST' })).status).toBe(403)
})

test('a token of one kind is none of another, under no user name', async () => {
  const robot = await world.robot('other-kind', ['pull'], ['*'])
  const [, robotPassword = ''] = Buffer.from(robot.slice(6), 'base64').toString().split(':')
  const token = await world.berth.password()
  for (const wrong of [
    basicHeader('AWS', robotPassword),
    basicHeader('robot', token),
    basicHeader('', robotPassword),
    `Bearer ${robotPassword}`,
    `Bearer ${token}`,
  ])
    expect((await world.ask(manifest, wrong)).status).toBe(401)
})

test("a robot's password signs nothing and opens no other door", async () => {
  const robot = await world.robot('elsewhere', ['pull'], ['*'])
  const [, password = ''] = Buffer.from(robot.slice(6), 'base64').toString().split(':')
  const keys = { accessKeyId: password.slice(6, 27), secretAccessKey: password.slice(28) }
  expect((await world.aws.call('ecr', 'DescribeRepositories', {}, keys)).code).toBe('UnrecognizedClient')
  const described = await world.ask('/berth/v1/ListRobots', robot, { method: 'POST', body: '{}' })
  expect(described.status).toBe(400)
})
