import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** `down` cuts every connection; a number cuts each after it has brought so many bytes, `stall` leaves it hanging then. */
export type LinkState = 'up' | 'down' | { readonly cutAfter: number } | { readonly stallAfter: number }

/** A network link to a server of this machine, whose weather the test makes. */
export interface FaultyLink extends AsyncDisposable {
  readonly port: number
  /** Bytes that it brought to the server so far. */
  readonly brought: number
  /** What happens to connections from now on; those that are open are cut. */
  set(state: LinkState): void
}

/** Lays a link to a port. */
export async function layFaultyLink(to: number): Promise<FaultyLink> {
  const sockets = new Set<Socket>()
  const link = { state: 'up' as LinkState, brought: 0 }
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
    }
    const end = () => [client, upstream].forEach((socket) => void socket.destroy())
    if (link.state === 'down') end()
    const weather = weatherOf(link, end)
    Promise.all([pipeline(client, weather, upstream), pipeline(upstream, client)]).catch(end)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The link listens on no port')
  const cutAll = () => sockets.forEach((socket) => void socket.destroy())
  return {
    port: address.port,
    get brought() {
      return link.brought
    },
    set(state) {
      link.state = state
      cutAll()
    },
    async [Symbol.asyncDispose]() {
      cutAll()
      server.close()
      await once(server, 'close')
    },
  }
}

function weatherOf(link: { readonly state: LinkState; brought: number }, cut: () => void): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const { state } = link
      bytes += chunk.length
      if (typeof state === 'object' && 'stallAfter' in state && bytes > state.stallAfter) return
      link.brought += chunk.length
      done(null, chunk)
      if (typeof state === 'object' && 'cutAfter' in state && bytes > state.cutAfter) setImmediate(cut)
    },
  })
}
