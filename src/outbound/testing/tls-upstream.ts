import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** Another server, which speaks TLS. */
export interface TlsUpstream extends AsyncDisposable {
  readonly url: URL
}

/** Starts one on a free port of 127.0.0.1; it calls itself localhost, and shows the certificates in the order in which they are given. */
export async function startTlsUpstream(
  identity: { readonly key: string; readonly chain: readonly string[] },
  answer: RequestListener,
): Promise<TlsUpstream> {
  const server = createServer({ key: identity.key, cert: identity.chain.join('\n') }, answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: new URL(`https://localhost:${port}`),
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** What tells a certificate (PEM) from any other, as OIDC providers have it. */
export function thumbprintOf(pem: string): string {
  return new X509Certificate(pem).fingerprint.replaceAll(':', '').toLowerCase()
}
