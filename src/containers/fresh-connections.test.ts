import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { DockerClient } from './docker-client.ts'
import { freshConnections } from './fresh-connections.ts'
import { engineThat } from './testing/engine-that.ts'

test('what docker-modem prints for each request is no longer for the connections that are open', async () => {
  await using engine = await engineThat((response) => response.write('a container said'))
  const address = freshConnections(engine.address)
  const before = printed(address.options())
  const left = new AbortController()
  const call = { method: 'GET', path: '/containers/1/logs', signal: left.signal } as const
  const output = await new DockerClient(address).open(call)
  expect(printed(address.options())).toBe(before)
  left.abort()
  await expect(text(output)).rejects.toMatchObject({ name: 'AbortError' })
})

/** As docker-modem does. */
function printed(options: object): string {
  return inspect(options, { showHidden: true, depth: null })
}
