import type { Iam } from '../../access/iam/iam.ts'
import type { Log } from '../../observability/log.ts'
import type { HttpDoor } from '../http/exchange.ts'
import { only } from '../http/only.ts'
import { consolePrefix, consoleSessionPath } from './console-prefix.ts'

/** What the console's door is made of. */
export interface ConsoleParts {
  readonly iam: Iam
  /** Where those are signed in who don't say where. */
  readonly region: string
  readonly now: () => Date
  readonly log: Log
}

/** The web console and its sign-in by ticket. Nothing of it is loaded before the first of its requests. */
export function consoleDoor(parts: ConsoleParts): HttpDoor {
  let pages: Promise<HttpDoor> | undefined
  const session = only(['POST'], async (request) => {
    const { exchangeTicket } = await import('./exchange-ticket.ts')
    return exchangeTicket(parts, request)
  })
  const files = only(['GET', 'HEAD'], async (request) => {
    pages ??= openPages(parts)
    return (await pages)(request)
  })
  return (request) => {
    const [path = ''] = request.url.split('?', 1)
    request.notes.route = path === consoleSessionPath ? consoleSessionPath : consolePrefix
    if (path === '/console') return moved(request)
    return path === consoleSessionPath ? session(request) : files(request)
  }
}

async function openPages({ log, now }: ConsoleParts): Promise<HttpDoor> {
  const { ConsolePages } = await import('./console-pages.ts')
  return new ConsolePages(log, now).door
}

const moved: HttpDoor = async () => ({ status: 308, headers: { location: consolePrefix }, body: '' })
