import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/temporary-folder.ts'
import { DockerClient } from './docker-client.ts'
import { DockerEngine } from './docker-engine.ts'
import type { LogLine } from './engine.ts'
import { engineAddress } from './engine-address.ts'

/** What is read of a container's output from an engine that refuses it with a status. */
async function linesFrom(status: number): Promise<LogLine[]> {
  await using folder = await temporaryFolder()
  const socket = join(folder.path, 'engine.sock')
  const server = createServer((_request, response) => response.writeHead(status).end('No such container'))
  await once(server.listen(socket), 'listening')
  try {
    const engine = new DockerEngine(new DockerClient(engineAddress({ socket, usualSockets: [] })), {
      owner: async () => ({ mark: 'ours', claim: 'ours' }),
      common: undefined,
    })
    const signal = new AbortController().signal
    const lines: LogLine[] = []
    for await (const line of engine.logs('c', { isRaw: false, hasEnded: true, signal })) lines.push(line)
    return lines
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

test('a container that is gone says nothing more', async () => {
  expect(await linesFrom(404)).toEqual([])
})

test('output that the engine refuses is not taken for none', async () => {
  await expect(linesFrom(500)).rejects.toThrow('No such container')
})
