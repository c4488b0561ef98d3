import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/temporary-folder.ts'
import { DockerClient } from './docker-client.ts'
import { engineAddress } from './engine-address.ts'
import { freshConnections } from './fresh-connections.ts'

test('what docker-modem prints for each request is no longer for the connections that are open', async () => {
  await using folder = await temporaryFolder()
  const socket = join(folder.path, 'engine.sock')
  const server = createServer((_request, response) => response.write('a container said'))
  await once(server.listen(socket), 'listening')
  const address = freshConnections(engineAddress({ socket, usualSockets: [] }))
  const before = printed(address.options())
  const left = new AbortController()
  const call = { method: 'GET', path: '/containers/1/logs', signal: left.signal } as const
  const output = await new DockerClient(address).open(call)
  expect(printed(address.options())).toBe(before)
  left.abort()
  await expect(text(output)).rejects.toMatchObject({ name: 'AbortError' })
  server.close()
})

/** As docker-modem does. */
function printed(options: object): string {
  return inspect(options, { showHidden: true, depth: null })
}
