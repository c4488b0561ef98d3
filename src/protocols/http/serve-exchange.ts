import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Log } from '../../observability/log.ts'
import type { HttpDoor, HttpResponse } from './exchange.ts'
import type { Exchanges } from './exchanges.ts'
import type { HttpLimits } from './http-limits.ts'
import { IncomingRequest } from './incoming-request.ts'
import { ClientGoneError, writeResponse } from './write-response.ts'

export interface ServingOptions {
  readonly door: HttpDoor
  readonly log: Log
  readonly limits: HttpLimits
  readonly exchanges: Exchanges
}

/** Takes one request through the door and sends its answer. Never rejects: what goes wrong is logged and cuts the answer off. */
export async function serveExchange(
  message: IncomingMessage,
  response: ServerResponse,
  facts: { readonly id: string; readonly url: string },
  options: ServingOptions,
): Promise<void> {
  const request = new IncomingRequest(message, response, { ...facts, limits: options.limits })
  const answer = await answerOf(request, options)
  if (request.holdsBodyBack || options.exchanges.closing) response.shouldKeepAlive = false
  try {
    await writeResponse(message, response, answer, options.limits.lingerMs)
    options.log.debug({ ...factsOf(request), status: answer.status }, 'Answered')
  } catch (error) {
    report(error, request, options.log)
    response.destroy()
  }
}

async function answerOf(request: IncomingRequest, { door, log }: ServingOptions): Promise<HttpResponse> {
  try {
    return await door(request)
  } catch (error) {
    log.error({ ...factsOf(request), err: error }, 'A door failed')
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    return { status: 500, headers, body: `Internal error; the log knows more under ${request.id}\n` }
  }
}

function report(error: unknown, request: IncomingRequest, log: Log): void {
  const facts = { ...factsOf(request), err: error }
  if (error instanceof ClientGoneError || request.signal.aborted)
    log.debug(facts, 'The client went away before it had its answer')
  else log.error(facts, 'An answer broke off')
}

/** Without the query, which may hold a right to read. */
function factsOf({ id, method, url }: IncomingRequest): object {
  return { requestId: id, method, path: url.split('?', 1)[0] }
}
