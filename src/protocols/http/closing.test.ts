import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ask } from './testing/ask.ts'
import { PlainClient } from './testing/plain-client.ts'
import { ok, serve } from './testing/serve.ts'

test('closing finishes what runs, refuses what is new and ends idle connections', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = await serve(async () => {
    await promise
    return ok
  })
  await using idle = await PlainClient.to(server)
  await using busy = await PlainClient.to(server)
  busy.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await server.asked
  const closed = server.close(60_000)
  await idle.isCut()
  await expect(ask(server, {})).rejects.toThrow('ECONNREFUSED')
  resolve()
  expect(await busy.receives('fine')).toContain('Connection: close')
  await closed
})

test('closing cuts what does not finish in time', async () => {
  const server = await serve(async ({ signal }) => {
    await once(signal, 'abort')
    return ok
  })
  await using client = await PlainClient.to(server)
  client.write('GET / HTTP/1.1\r\nHost: b\r\n\r\n')
  await server.asked
  await server.close(10)
  await client.isCut()
})
