import type { HttpDoor, HttpRequest } from '../http/exchange.ts'
import type { PagePath } from '../http/front-door.ts'
import { only } from '../http/only.ts'

/**
 * What tools made for AWS emulators ask for: which services run, and a way back to an empty state. For development mode
 * alone, since anybody who reaches the port may use both; but for pages of other sites that a browser shows.
 */
export function developmentPages(options: {
  /** The services by the names that tools know them by: `ecr`, `sts`. */
  readonly services: readonly string[]
  readonly version: string
  /** Deletes everything that clients have made. */
  readonly reset: () => Promise<void>
}): ReadonlyMap<PagePath, HttpDoor> {
  const { services, version, reset } = options
  const state = {
    services: Object.fromEntries(services.map((name) => [name, 'running'])),
    version,
    edition: 'berth',
  }
  return new Map<PagePath, HttpDoor>([
    ['/_localstack/health', only(['GET', 'HEAD'], async () => json(state))],
    [
      '/_berth/reset',
      only(['POST'], async (request) => {
        if (isFromAnotherSite(request)) return { status: 403, headers: {}, body: 'Not from another site\n' }
        await reset()
        return json({ status: 'reset' })
      }),
    ],
  ])
}

/** Browsers say where a request comes from; tools say nothing. */
function isFromAnotherSite({ headers }: HttpRequest): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  return origin !== undefined && URL.parse(origin)?.host !== host
}

function json(value: object) {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
