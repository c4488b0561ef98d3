import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { PlainClient } from './testing/plain-client.ts'
import { ok, serve } from './testing/serve.ts'

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', '400 Bad Request'],
  ['an unknown method', 'BREW / HTTP/1.1\r\nHost: b\r\n\r\n', '400 Bad Request'],
  [
    'headers without end',
    `GET / HTTP/1.1\r\nX: ${'x'.repeat(100_000)}`,
    '431 Request Header Fields Too Large',
  ],
  [
    'two lengths',
    'PUT / HTTP/1.1\r\nHost: b\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    '400 Bad Request',
  ],
])('%s is refused in a plain answer', async (_what, bytes, status) => {
  await using server = await serve(async () => ok)
  await using client = await PlainClient.to(server)
  client.write(bytes)
  await client.isCut()
  expect(client.received).toMatch(new RegExp(`^HTTP/1\\.1 ${status}\r\n`))
  expect(client.received.endsWith(`\r\n\r\n${status}\n`)).toBe(true)
})

test('a malformed chunk in the middle of a body cuts the connection and mixes nothing into an answer', async () => {
  await using server = await serve(async (request) => ({ ...ok, body: await text(request.body) }))
  await using client = await PlainClient.to(server)
  client.write('PUT / HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\nnonsense\r\n')
  await client.isCut()
  expect(client.received).toBe('')
})
