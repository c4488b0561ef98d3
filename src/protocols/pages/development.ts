import type { HttpDoor } from '../http/exchange.ts'
import type { PagePath } from '../http/front-door.ts'
import { only } from '../http/only.ts'

/**
 * What tools made for AWS emulators ask for: which services run, and a way back to an empty state. For development mode
 * alone, since anybody who reaches the port may use both.
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
      only(['POST'], async () => {
        await reset()
        return json({ status: 'reset' })
      }),
    ],
  ])
}

function json(value: object) {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}
