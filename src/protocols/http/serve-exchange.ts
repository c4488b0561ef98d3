import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExchangeObserver, FinishedExchange } from '../../observability/finished-exchange.ts'
import type { Log } from '../../observability/log.ts'
import type { IsTrusted } from './client-address.ts'
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
  readonly isTrustedProxy: IsTrusted
  /** Told of every request when it is over. */
  readonly observe: ExchangeObserver
}

/** Takes one request through the door and sends its answer. Never rejects: what goes wrong is logged and cuts the answer off. */
export async function serveExchange(
  message: IncomingMessage,
  response: ServerResponse,
  options: ServingOptions,
): Promise<void> {
  const { socket } = message
  const started = performance.now()
  const sentBefore = socket.bytesWritten
  const isSurplus = options.exchanges.isSurplus(socket)
  const request = new IncomingRequest(message, response, { id: randomUUID(), isSurplus, ...options })
  const answer = await answerOf(request, options)
  if (request.holdsBodyBack || isSurplus || options.exchanges.closing) response.shouldKeepAlive = false
  const complete = await send(request, answer, { message, response, options })
  const finished = {
    requestId: request.id,
    method: request.method,
    path: pathOf(request),
    status: answer.status,
    complete,
    bytesIn: request.bytesRead,
    bytesOut: socket.bytesWritten - sentBefore,
    durationMs: performance.now() - started,
    remoteAddress: request.remoteAddress,
    userAgent: request.headers['user-agent'],
    notes: request.notes,
  }
  tell(finished, options)
}

/** The answer is out: that it can't be recorded is no reason to fail. */
function tell(exchange: FinishedExchange, { observe, log }: ServingOptions): void {
  try {
    observe(exchange)
  } catch (err) {
    log.error({ requestId: exchange.requestId, err }, 'A request could not be recorded')
  }
}

/** Whether the whole answer was sent. */
async function send(
  request: IncomingRequest,
  answer: HttpResponse,
  on: { message: IncomingMessage; response: ServerResponse; options: ServingOptions },
): Promise<boolean> {
  const { message, response, options } = on
  try {
    await writeResponse(message, response, answer, options.limits.lingerMs)
    options.log.debug({ ...factsOf(request), status: answer.status }, 'Answered')
    return true
  } catch (error) {
    report(error, request, options.log)
    response.destroy()
    return false
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
function factsOf(request: IncomingRequest): object {
  return { requestId: request.id, method: request.method, path: pathOf(request) }
}

function pathOf({ url }: IncomingRequest): string {
  const end = url.indexOf('?')
  return end < 0 ? url : url.slice(0, end)
}
