import type { ExchangeObserver } from '../../../observability/finished-exchange.ts'
import type { Log } from '../../../observability/log.ts'
import type { TlsIdentity } from '../../../tls/tls-identity.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from '../exchange.ts'
import { defaultHttpLimits, type HttpLimits } from '../http-limits.ts'
import { type Listener, listen } from '../listen.ts'

/** An answer for tests that ask no more than one. */
export const ok: HttpResponse = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'fine' }

/** A server whose door is the test's own. */
export interface TestServer extends Listener, AsyncDisposable {
  /** Resolves when the first request has reached the door. */
  readonly asked: Promise<void>
  /** What was logged as an error. */
  readonly errors: object[]
}

/** Listens on a free port; with an identity, for TLS. */
export async function serve(
  door: HttpDoor,
  limits: Partial<HttpLimits> = {},
  tls?: TlsIdentity,
  observe: ExchangeObserver = () => {},
): Promise<TestServer> {
  const { promise: asked, resolve } = Promise.withResolvers<void>()
  const errors: object[] = []
  const listener = await listen({
    host: '127.0.0.1',
    port: 0,
    door: (request: HttpRequest) => {
      resolve()
      return door(request)
    },
    log: { ...silentLog, error: (facts) => errors.push(facts) },
    limits: { ...defaultHttpLimits, ...limits },
    tls,
    observe,
  })
  return { ...listener, asked, errors, [Symbol.asyncDispose]: () => listener.close(0) }
}

const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }
