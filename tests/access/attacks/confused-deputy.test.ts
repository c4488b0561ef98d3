import { afterAll, beforeAll, expect, test } from 'vitest'
import { blobsOf } from '../../support/test-image.ts'
import { succeed } from '../support/callers.ts'
import { type AttackWorld, allow, arnOf, openAttackWorld, pulling, robotHeader } from './attack-world.ts'

// Somebody with few rights has somebody with many act for them: here the server itself, and whoever made a robot.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

test("a robot mounts nothing by its maker's rights that it may not read by its own", async () => {
  const robot = await world.robot('mounter', ['push'], ['open/*'])
  const digest = blobsOf(world.secret)[0]?.digest
  for (const from of ['&from=secret/app', '']) {
    const mount = `/v2/open/app/blobs/uploads/?mount=${digest}${from}`
    expect((await world.ask(mount, robot, { method: 'POST' })).status).toBe(202)
  }
  expect((await world.ask(`/v2/open/app/blobs/${digest}`, robot)).status).toBe(404)
})

test('nobody takes what a robot may for what they may themselves', async () => {
  const maker = await world.user('maker', allow('berth:CreateRobot'))
  const input = { robotName: 'empty', actions: ['pull', 'push', 'delete'], repositories: ['*'] }
  const robot = robotHeader(await succeed(world.aws.call('berth', 'CreateRobot', input, maker)))
  for (const name of ['open/app', 'secret/app'])
    expect((await world.ask(`/v2/${name}/tags/list`, robot)).status).toBe(403)
})

test('an import from another Berth needs the right to replicate besides that to push', async () => {
  const pushing = [
    'ecr:PutImage',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
  ]
  const pusher = await world.login(
    await world.user(
      'pusher',
      allow([...pulling, ...pushing], arnOf('*')),
      allow('ecr:GetAuthorizationToken'),
    ),
  )
  const put = (headers: Record<string, string>) =>
    world.ask('/v2/secret/app/manifests/v2', pusher, {
      method: 'PUT',
      body: world.secret.manifest,
      headers: { 'content-type': world.secret.mediaType, ...headers },
    })
  const { replicatedFromHeader } = await import('../../../src/protocols/oci/replicated-from.ts')
  const { parseAccountId } = await import('../../../src/core/names/account-id.ts')
  const { parseRegion } = await import('../../../src/core/names/region.ts')
  const from = replicatedFromHeader({
    account: parseAccountId('111122223333'),
    region: parseRegion('eu-west-1'),
  })
  expect((await put(from)).status).toBe(403)
  expect((await put({})).status).toBe(201)
})
