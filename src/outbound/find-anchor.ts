import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { LookupFunction } from 'node:net'
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls'

/** A chain is longer in no server's hands. */
const longestChain = 10

/**
 * Finds, among the certificates that a server shows, one whose SHA-1 somebody has named, as PEM. Nothing of the server is believed by
 * that: whoever connects with the certificate as the one authority has the whole chain, names and times checked against it.
 */
export async function findAnchor(
  url: URL,
  thumbprints: readonly string[],
  { lookup, signal }: { readonly lookup: LookupFunction; readonly signal: AbortSignal },
): Promise<string | undefined> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const socket = connect({
    host,
    port: Number(url.port || 443),
    servername: isName(host) ? host : '',
    lookup,
    // The chain is only read here; see above.
    rejectUnauthorized: false,
  })
  // What is awaited below tells of it, and nobody else is there to hear it.
  socket.on('error', () => undefined)
  try {
    await once(socket, 'secureConnect', { signal })
    const found = shownBy(socket).find((raw) => thumbprints.includes(thumbprintOf(raw)))
    return found && pem(found)
  } finally {
    socket.destroy()
  }
}

function isName(host: string): boolean {
  return /[a-z]/i.test(host) && !host.includes(':')
}

function shownBy(socket: TLSSocket): Buffer[] {
  const shown: Buffer[] = []
  let current: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  while (current?.raw !== undefined && shown.length < longestChain) {
    shown.push(current.raw)
    current = current.issuerCertificate === current ? undefined : current.issuerCertificate
  }
  return shown
}

function thumbprintOf(raw: Buffer): string {
  return createHash('sha1').update(raw).digest('hex')
}

function pem(raw: Buffer): string {
  const lines = raw.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}
