import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'

/** A way to a server that counts what clients send along it. */
export interface CountingProxy extends AsyncDisposable {
  readonly port: number
  /** Bytes that went towards the server so far: request lines, headers and bodies. */
  readonly sent: number
}

/** Passes every connection on to a port of this machine, byte by byte. */
export async function startCountingProxy(to: number): Promise<CountingProxy> {
  const sockets = new Set<Socket>()
  const counter = { sent: 0 }
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    client.on('data', (bytes) => {
      counter.sent += bytes.length
    })
    // Whichever side breaks off takes the other along; the client under test is the one to complain.
    const end = () => [client, upstream].forEach((socket) => void socket.destroy())
    Promise.all([pipeline(client, upstream), pipeline(upstream, client)]).catch(end)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy listens on no port')
  return {
    port: address.port,
    get sent() {
      return counter.sent
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
