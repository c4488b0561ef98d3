import type { HttpDoor } from '../http/exchange.ts'
import { only } from '../http/only.ts'

/** Says that the process is up and answers, to load balancers and supervisors. */
export const health: HttpDoor = only(['GET', 'HEAD'], async () => ({
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: 'ok\n',
}))
