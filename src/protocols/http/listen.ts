import { once } from 'node:events'
import type { IncomingMessage, RequestListener, Server, ServerOptions } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ExchangeObserver } from '../../observability/finished-exchange.ts'
import type { Log } from '../../observability/log.ts'
import type { TlsIdentity } from '../../tls/tls-identity.ts'
import type { IsTrusted } from './client-address.ts'
import type { HttpDoor } from './exchange.ts'
import { Exchanges } from './exchanges.ts'
import { defaultHttpLimits, type HttpLimits } from './http-limits.ts'
import { refuseMalformedRequest } from './malformed-request.ts'
import { serveExchange } from './serve-exchange.ts'
import { createTlsServer } from './tls-server.ts'

// To import a value from it would load Node's fetch as well: docs/performance.md.
const { createServer } = process.getBuiltinModule('node:http')

/** Connections that the system accepts before we do; it takes no more than its own limit (net.core.somaxconn). */
const backlog = 4096

export interface ListenOptions {
  readonly host: string
  /** 0 lets the system choose a free port. */
  readonly port: number
  /** Where every request goes, whatever its method and path. */
  readonly door: HttpDoor
  readonly log: Log
  readonly limits?: HttpLimits
  /** Connections that go on in another protocol. */
  readonly upgrades?: Upgrades
  /** With it, the listener speaks TLS alone. */
  readonly tls?: TlsIdentity | undefined
  /** Whose X-Forwarded-For is believed; nobody's unless given. */
  readonly isTrustedProxy?: IsTrusted
  /** Told of every request when it is over. */
  readonly observe?: ExchangeObserver
}

/** What takes connections over. */
export interface Upgrades {
  /** Whether a request for this is to be taken; any other that wishes for another protocol is answered in HTTP. */
  takes(url: string): boolean
  take(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/** A server that listens. */
export interface Listener {
  /** Scheme, host and real port. */
  readonly url: string
  readonly port: number
  readonly connections: number
  /** Requests that are at work. */
  readonly running: number
  /** Takes no more connections, finishes what runs within `graceMs`, cuts what is left, and waits until no door is at work. */
  close(graceMs: number): Promise<void>
}

/**
 * Starts to listen for HTTP/1.1, over TLS when it has an identity. Bodies are handed on as streams, unread and unlimited; every request has a random id; paths
 * reach the door exactly as they came.
 *
 * @throws the system's error when the address can't be listened on
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, port, door, log, limits = defaultHttpLimits, tls } = options
  const { isTrustedProxy = () => false, observe = () => {} } = options
  const exchanges = new Exchanges(limits.connections)
  const serving = { door, log, limits, exchanges, isTrustedProxy, observe }
  const handler: RequestListener = (message, response) =>
    exchanges.track(message, response, serveExchange(message, response, serving))
  const takes = (request: IncomingMessage) => options.upgrades?.takes(request.url ?? '') ?? false
  const server = createLimitedServer(handler, limits, exchanges, { tls, takes })
  const takenOver = takeOver(server, options.upgrades)
  server.listen({ host, port, backlog })
  await once(server, 'listening')
  const place = placeOf(server)
  return {
    url: `${tls ? 'https' : 'http'}://${place.host}:${place.port}`,
    port: place.port,
    get connections() {
      return exchanges.connections
    },
    get running() {
      return exchanges.running
    },
    close: async (graceMs) => {
      exchanges.close()
      const closed = once(server, 'close')
      server.close()
      for (const socket of takenOver) socket.destroy()
      const cut = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearTimeout(cut)
      await exchanges.settled()
    },
  }
}

/** Hands over connections whose request is taken; what is left of them is ended when the server closes. */
function takeOver(server: Server | TlsServer, upgrades: Upgrades | undefined): ReadonlySet<Duplex> {
  const sockets = new Set<Duplex>()
  if (upgrades === undefined) return sockets
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    // A session may be silent for as long as it likes.
    socket.setTimeout(0)
    upgrades.take(request, socket, head)
  })
  return sockets
}

function placeOf(server: Server | TlsServer): { readonly host: string; readonly port: number } {
  const place = server.address()
  if (place === null || typeof place === 'string') throw new TypeError('A server listens on a port')
  const { address, family, port } = place
  return { host: family === 'IPv6' ? `[${address}]` : address, port }
}

function createLimitedServer(
  handler: RequestListener,
  limits: HttpLimits,
  exchanges: Exchanges,
  {
    tls,
    takes,
  }: { readonly tls: TlsIdentity | undefined; readonly takes: (request: IncomingMessage) => boolean },
): Server | TlsServer {
  const options = {
    headersTimeout: limits.headersMs,
    connectionsCheckingInterval: Math.ceil(limits.headersMs / 4),
    requestTimeout: 0,
    keepAliveTimeout: limits.idleMs,
    maxHeaderSize: limits.headerBytes,
    handshakeTimeout: limits.headersMs,
    shouldUpgradeCallback: takes,
  }
  const server = tls
    ? createTlsServer(tls, options, exchanges, handler)
    : createPlainServer(options, exchanges, handler)
  server.on('checkContinue', handler)
  server.on('clientError', (error, socket) => refuseMalformedRequest(error, socket, exchanges.isBusy(socket)))
  server.setTimeout(limits.idleMs, (socket: Socket) => {
    const serverAtWork = exchanges.isBusy(socket) && socket.writableLength === 0
    if (serverAtWork) socket.setTimeout(limits.idleMs)
    else socket.destroy()
  })
  return server
}

function createPlainServer(options: ServerOptions, exchanges: Exchanges, handler: RequestListener): Server {
  return createServer(options, handler).on('connection', (socket) => exchanges.opened(socket))
}
