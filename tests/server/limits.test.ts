import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { InitiateLayerUploadCommand } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { ask } from '../../src/protocols/http/testing/ask.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

const connections = 16

test('a connection too many is told to come back later, at both doors, while health still answers', async () => {
  await using berth = await startBerth({ maxConnections: connections })
  await using _idle = await holdOpen(berth, connections)
  const registry = await ask(berth, { path: '/v2/' })
  expect(registry).toMatchObject({ status: 429, headers: { 'retry-after': '1', connection: 'close' } })
  expect(JSON.parse(registry.body)).toEqual({
    errors: [{ code: 'TOOMANYREQUESTS', message: 'Rate exceeded' }],
  })
  const aws = await ask(berth, { method: 'POST', path: '/?Action=GetCallerIdentity' })
  expect(aws.body).toContain('<Code>Throttling</Code>')
  expect((await ask(berth, { path: '/healthz' })).status).toBe(200)
})

test('far too many are cut, and when the others leave all is well again', async () => {
  await using berth = await startBerth({ maxConnections: connections })
  {
    await using _idle = await holdOpen(berth, connections + 256)
    await expect(ask(berth, { path: '/healthz' })).rejects.toThrow()
  }
  await expect.poll(async () => (await ask(berth, { path: '/v2/' })).status).toBe(401)
})

test('a principal that holds too many uploads open is refused at both doors', async () => {
  await using berth = await startBerth({ maxUploads: 1 })
  await berth.createRepository('app')
  const start = () =>
    fetch(`${berth.url}/v2/app/blobs/uploads/`, {
      method: 'POST',
      headers: { authorization: berth.authorization },
    })
  const first = await start()
  const refused = await start()
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({ errors: [{ code: 'TOOMANYREQUESTS' }] })
  await expect(
    berth.ecr.send(new InitiateLayerUploadCommand({ repositoryName: 'app' })),
  ).rejects.toMatchObject({ name: 'LimitExceededException' })
  const location = new URL(first.headers.get('location') ?? '', berth.url)
  await fetch(location, { method: 'DELETE', headers: { authorization: berth.authorization } })
  expect((await start()).status).toBe(202)
})

/** Connections that say nothing until they are disposed of. The test's own client has none open. */
async function holdOpen({ port, ecr }: LocalBerth, count: number): Promise<AsyncDisposable> {
  ecr.destroy()
  const sockets = await Promise.all(Array.from({ length: count }, () => open(port)))
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(sockets.map((socket) => new Promise((gone) => socket.once('close', gone).destroy())))
    },
  }
}

async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {})
  await once(socket, 'connect')
  return socket
}
