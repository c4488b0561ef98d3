import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { pullImage } from '../support/pull-image.ts'
import { locationOf, send } from '../support/registry-client.ts'
import { basic } from '../support/registry-login.ts'
import { startBerth } from '../support/start-berth.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('what was pushed, and who was logged in, outlives a restart', async () => {
  await using folder = await temporaryFolder()
  const dataDir = folder.path
  const first = await startBerth({ dataDir })
  await first.createRepository('team/app')
  const image = await first.pushRandomImage('team/app', 'v1')
  const authorization = basic(await first.password())
  await first[Symbol.asyncDispose]()
  await using second = await startBerth({ dataDir })
  expect(await pullImage({ url: second.url, authorization }, 'team/app', 'v1')).toBe(image.digest)
})

test('an upload goes on after a restart', async () => {
  await using folder = await temporaryFolder()
  const dataDir = folder.path
  const first = await startBerth({ dataDir })
  await first.createRepository('team/app')
  const location = locationOf(await send(first, 'POST', '/v2/team/app/blobs/uploads/'))
  await send(first, 'PATCH', location, { body: 'half' })
  await first[Symbol.asyncDispose]()
  await using second = await startBerth({ dataDir })
  expect((await send(second, 'GET', location)).headers.get('range')).toBe('0-3')
})

test('a port that is taken is said to be, and nothing stays open', async () => {
  await using folder = await temporaryFolder()
  const dataDir = folder.path
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(startBerth({ dataDir, port })).rejects.toThrow('EADDRINUSE')
  other.close()
  await using _berth = await startBerth({ dataDir })
})

test('several accounts and regions live side by side', async () => {
  await using berth = await startBerth({ dev: true, rootAccessKey: 'test', rootSecretKey: 'test' })
  await berth.createRepository('team/app')
  await berth.pushRandomImage('team/app', 'v1')
  for (const caller of [{ accessKeyId: '111122223333' }, { region: 'eu-west-2' }]) {
    const authorization = basic(await berth.password(caller))
    const answer = await send({ url: berth.url, authorization }, 'GET', '/v2/team/app/manifests/v1')
    expect(answer.status).toBe(404)
  }
})
