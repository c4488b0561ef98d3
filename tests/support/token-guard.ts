import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/** A registry behind a token service of its own, as the large public ones are. */
export interface GuardedRegistry extends AsyncDisposable {
  /** Host and port. */
  readonly host: string
  /** Every request, as `GET /v2/...`, and whom it named. */
  readonly asked: { readonly what: string; readonly authorization: string | undefined }[]
}

const token = 'a-token-of-the-test'

/** Puts a guard before the registry at `host`, which lets in who got a token with this user name and password. */
export async function guardRegistry(
  host: string,
  account: { readonly username: string; readonly password: string },
): Promise<GuardedRegistry> {
  const asked: { what: string; authorization: string | undefined }[] = []
  const basic = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`
  const server = createServer((incoming, outgoing) => {
    const { authorization } = incoming.headers
    asked.push({ what: `${incoming.method} ${incoming.url}`, authorization })
    if (incoming.url?.startsWith('/token')) giveToken(authorization === basic, outgoing)
    else if (authorization === `Bearer ${token}`) forward(host, incoming, outgoing)
    else challenge(incoming, outgoing)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The guard listens on no port')
  return {
    host: `127.0.0.1:${address.port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function giveToken(isKnown: boolean, outgoing: ServerResponse): void {
  outgoing.writeHead(isKnown ? 200 : 401).end(isKnown ? JSON.stringify({ token, expires_in: 300 }) : '')
}

function challenge({ headers }: IncomingMessage, outgoing: ServerResponse): void {
  const realm = `http://${headers.host}/token`
  outgoing.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="test"` }).end()
}

function forward(host: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, headers } = incoming
  const passing = request(new URL(incoming.url ?? '/', `http://${host}`), {
    method,
    headers: { ...headers, host },
  })
  passing.once('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  passing.once('error', () => outgoing.destroy())
  incoming.pipe(passing)
}
