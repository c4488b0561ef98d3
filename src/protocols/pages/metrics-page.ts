import { createHash, timingSafeEqual } from 'node:crypto'
import { BlockList } from 'node:net'
import type { Metrics } from '../../observability/metrics.ts'
import type { HttpDoor, HttpRequest } from '../http/exchange.ts'
import { only } from '../http/only.ts'

/**
 * The metrics in Prometheus's text format: for whoever has the token or, where none is set, for programs on this machine that
 * come without a proxy.
 */
export function metricsPage(metrics: Metrics, token: string | undefined): HttpDoor {
  return only(['GET', 'HEAD'], async (request) => {
    if (!mayRead(request, token)) return refused(token)
    const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' }
    return { status: 200, headers, body: await metrics.text() }
  })
}

function mayRead(request: HttpRequest, token: string | undefined): boolean {
  if (token === undefined) return isLocal(request)
  const [, given] = /^bearer +([!-~]+) *$/i.exec(request.headers.authorization ?? '') ?? []
  return given !== undefined && timingSafeEqual(hash(given), hash(token))
}

/** A proxy on this machine speaks for the whole world, and says so in one of these headers. */
function isLocal({ peerAddress, headers }: HttpRequest): boolean {
  const forwarded = headers['x-forwarded-for'] ?? headers['x-real-ip'] ?? headers.forwarded ?? headers.via
  const family = peerAddress.includes(':') ? 'ipv6' : 'ipv4'
  return forwarded === undefined && loopback.check(peerAddress, family)
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function refused(token: string | undefined) {
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  if (token !== undefined)
    return { status: 401, headers: { ...headers, 'www-authenticate': 'Bearer' }, body: 'Not Authorized\n' }
  const body = 'The metrics are for this machine alone; set --metrics-token to read them from others\n'
  return { status: 403, headers, body }
}
