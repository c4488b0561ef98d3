import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

/** Another server, which answers as it is told. */
export interface Upstream extends AsyncDisposable {
  readonly url: URL
  /** Connections that it took so far. */
  readonly connections: number
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startUpstream(answer: RequestListener): Promise<Upstream> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  const counter = { connections: 0 }
  server.on('connection', () => {
    counter.connections += 1
  })
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The upstream listens on no port')
  return {
    url: new URL(`http://127.0.0.1:${address.port}`),
    get connections() {
      return counter.connections
    },
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
