import type { Readiness } from '../../observability/readiness.ts'
import type { HttpDoor } from '../http/exchange.ts'
import { only } from '../http/only.ts'

/** Says whether requests can be served now: 200, or 503 with the reasons, to load balancers and orchestrators. */
export function readinessPage(readiness: Readiness): HttpDoor {
  return only(['GET', 'HEAD'], async () => {
    const { ready, checks } = await readiness.report()
    return {
      status: ready ? 200 : 503,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: `${JSON.stringify({ status: ready ? 'ready' : 'not ready', checks })}\n`,
    }
  })
}
