import { expect, test } from 'vitest'
import { ask } from './testing/ask.ts'
import { ok, serve } from './testing/serve.ts'

test('a request that cannot be recorded is answered, and the log says so', async () => {
  const lost = new Error('the log is closed')
  const observe = () => {
    throw lost
  }
  await using server = await serve(async () => ok, {}, undefined, observe)
  expect((await ask(server, {})).status).toBe(200)
  expect((await ask(server, {})).status).toBe(200)
  await expect.poll(() => server.errors).toContainEqual({ requestId: expect.any(String), err: lost })
})
