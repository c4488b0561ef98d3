import { afterAll, beforeAll, expect, test } from 'vitest'
import { blobsOf } from '../../support/test-image.ts'
import { type AttackWorld, allow, arnOf, openAttackWorld, pulling, pushing } from './attack-world.ts'

// Zot CVE-2024-39897: blobs of other repositories through HEAD and mount. Distribution CVE-2026-35172: deleted ones from a cache.

let world: AttackWorld
/** Somebody who may do everything with `open/app`, and nothing with `secret/app`. */
let guest: string
let digest: string

beforeAll(async () => {
  world = await openAttackWorld()
  const token = allow('ecr:GetAuthorizationToken')
  guest = await world.login(await world.user('guest', token, allow(pushing, arnOf('open/app'))))
  digest = blobsOf(world.secret)[0]?.digest ?? ''
})
afterAll(() => world[Symbol.asyncDispose]())

test('a blob is not seen through a repository that does not have it', async () => {
  for (const method of ['HEAD', 'GET']) {
    expect((await world.ask(`/v2/open/app/blobs/${digest}`, guest, { method })).status).toBe(404)
    expect((await world.ask(`/v2/secret/app/blobs/${digest}`, guest, { method })).status).toBe(403)
  }
})

test('a mount from where one may not read begins an upload, as if the blob were nowhere', async () => {
  const nowhere = `sha256:${'0'.repeat(64)}`
  const answers = [
    `/v2/open/app/blobs/uploads/?mount=${digest}&from=secret/app`,
    `/v2/open/app/blobs/uploads/?mount=${digest}`,
    `/v2/open/app/blobs/uploads/?mount=${nowhere}&from=secret/app`,
  ].map((path) => world.ask(path, guest, { method: 'POST' }))
  for (const answer of await Promise.all(answers)) {
    expect(answer.status).toBe(202)
    expect(answer.headers.get('location')).toMatch(/^\/v2\/open\/app\/blobs\/uploads\/[0-9a-f-]{36}$/)
  }
  expect((await world.ask(`/v2/open/app/blobs/${digest}`, guest)).status).toBe(404)
})

test('what somebody else has just read is in no cache for those who may not', async () => {
  const { berth } = world
  expect((await world.ask(`/v2/secret/app/blobs/${digest}`, berth.authorization)).status).toBe(200)
  expect((await world.ask('/v2/secret/app/manifests/v1', berth.authorization)).status).toBe(200)
  expect((await world.ask(`/v2/secret/app/blobs/${digest}`, guest)).status).toBe(403)
  expect((await world.ask(`/v2/open/app/blobs/${digest}`, guest)).status).toBe(404)
  expect((await world.ask(`/v2/open/app/manifests/${world.secret.digest}`, guest)).status).toBe(404)
})

test('a download URL reads one layer of one repository, and only for as long as its holder may', async () => {
  const token = allow('ecr:GetAuthorizationToken')
  const keys = await world.user('reader', token, allow(pulling, arnOf('secret/app')))
  const input = { repositoryName: 'secret/app', layerDigest: digest }
  const { body } = await world.aws.call('ecr', 'GetDownloadUrlForLayer', input, keys)
  const url = new URL(JSON.parse(body).downloadUrl)
  expect((await fetch(url)).status).toBe(200)
  const other = blobsOf(world.secret)[1]?.digest ?? ''
  expect((await fetch(new URL(url.href.replace(digest, other)))).status).toBe(403)
  const policy = { UserName: 'reader', PolicyName: 'walk' }
  await world.aws.call('iam', 'DeleteUserPolicy', policy, world.root)
  expect((await fetch(url)).status).toBe(403)
})
