import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { expect } from 'vitest'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { DockerClient } from '../docker-client.ts'
import { engineAddress } from '../engine-address.ts'

/** An engine on a socket of its own that answers each request so. */
export async function engineThat(answer: (response: ServerResponse, request: IncomingMessage) => unknown) {
  const folder = await temporaryFolder()
  const socket = join(folder.path, 'engine.sock')
  const server = createServer((request, response) => void answer(response, request))
  await once(server.listen(socket), 'listening')
  const address = engineAddress({ socket, usualSockets: [] })
  return {
    address,
    docker: new DockerClient(address),
    /** Resolves when nobody is connected any more. */
    isLeft: () => expect.poll(() => connections(server), { timeout: 30_000 }).toBe(0),
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await folder[Symbol.asyncDispose]()
    },
  }
}

function connections(server: Server): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
  )
}
