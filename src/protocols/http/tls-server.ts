import { randomBytes } from 'node:crypto'
import type { RequestListener, ServerOptions } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { Socket } from 'node:net'
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls'
import type { TlsCertificate, TlsIdentity } from '../../tls/tls-identity.ts'
import type { Exchanges } from './exchanges.ts'

export interface TlsServerOptions extends ServerOptions {
  /** Milliseconds a client may take for the handshake. */
  readonly handshakeTimeout: number
}

/**
 * An HTTPS server that shows the certificate which `identity` has at the moment. It speaks TLS 1.2 and later, resumes sessions across a
 * change of certificate, and ends the handshake of a client that names a host which isn't served.
 */
export function createTlsServer(
  identity: TlsIdentity,
  options: TlsServerOptions,
  exchanges: Exchanges,
  handler: RequestListener,
): Server {
  const ticketKeys = randomBytes(48)
  const contextOf = rememberContexts()
  let shown = identity.unnamed()
  const server = createServer(
    {
      ...options,
      ...contextOptions(shown),
      ticketKeys,
      SNICallback: (serverName, choose) => {
        const certificate = identity.named(serverName)
        if (certificate === undefined) choose(new Error('This host name is not served'))
        else choose(null, contextOf(certificate))
      },
    },
    handler,
  )
  // Before Node's own listener, which begins the handshake.
  server.prependListener('connection', () => {
    const current = identity.unnamed()
    if (current !== shown) server.setSecureContext({ ...contextOptions(current), ticketKeys })
    shown = current
  })
  // Node would have a failed handshake answered as a malformed request, on a connection that can't carry an answer.
  server.removeAllListeners('tlsClientError').on('tlsClientError', (_error, socket) => socket.destroy())
  countHandshakes(server, exchanges)
  return server
}

function contextOptions({ cert, key }: TlsCertificate): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.2' }
}

function rememberContexts(): (certificate: TlsCertificate) => SecureContext {
  const made = new WeakMap<TlsCertificate, SecureContext>()
  return (certificate) => {
    const context = made.get(certificate) ?? createSecureContext(contextOptions(certificate))
    made.set(certificate, context)
    return context
  }
}

/**
 * Lets closing see connections that are still in their handshake. The two ends tell which of them a TLS connection was: Node
 * doesn't say.
 */
function countHandshakes(server: Server, exchanges: Exchanges): void {
  const inHandshake = new Map<string, Socket>()
  server.on('connection', (socket: Socket) => {
    const ends = endsOf(socket)
    inHandshake.set(ends, socket)
    exchanges.opened(socket)
    socket.once('close', () => inHandshake.delete(ends))
  })
  server.on('secureConnection', (socket) => {
    const before = inHandshake.get(endsOf(socket))
    if (before) exchanges.passedOn(before, socket)
    else exchanges.opened(socket)
  })
}

function endsOf({ remoteAddress, remotePort, localAddress }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress}`
}
