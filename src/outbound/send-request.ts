import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { BodyFailedError, OutboundTimeoutError } from './outbound-errors.ts'
import type { OutboundRequest } from './outbound-request.ts'

// To import a value from it would load Node's fetch as well: docs/performance.md.
const { request: requestHttp } = process.getBuiltinModule('node:http')

/** How long, in ms, another server may take. */
export interface OutboundTimeouts {
  /** To resolve its name, connect and agree on TLS. */
  readonly connect: number
  /** Between any two pieces, either way. */
  readonly idle: number
}

/** What a request is sent with. */
export interface Sending {
  readonly agent: Agent
  readonly lookup: LookupFunction
  readonly timeouts: OutboundTimeouts
  readonly signal: AbortSignal
}

/** Sends one request, body and all, and gives what is answered, whatever it says; fails as the connection does. */
export async function sendRequest(request: OutboundRequest, sending: Sending): Promise<IncomingMessage> {
  const message = open(request, sending)
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    message.once('response', resolve)
    // Stays for good: a server that answers early and closes breaks what is still being sent, and the answer counts.
    message.on('error', reject)
  })
  sendBody(request, message)
  limitIdling(message, answered, request.url, sending.timeouts.idle)
  try {
    return await answered
  } catch (error) {
    if (message.reusedSocket && isReset(error) && isRepeatable(request)) {
      return await sendRequest(request, sending)
    }
    throw error
  }
}

function open(request: OutboundRequest, { agent, lookup, timeouts, signal }: Sending): ClientRequest {
  const { method, url, headers, credentials } = request
  const start = url.protocol === 'https:' ? requestHttps : requestHttp
  const authorization = credentials?.origin === url.origin ? credentials.authorization : undefined
  const all = { 'accept-encoding': 'identity', ...headers, ...(authorization && { authorization }) }
  const message = start(url, { method, agent, lookup, signal, headers: all, timeout: timeouts.idle })
  limitConnecting(message, url, timeouts.connect)
  return message
}

function limitConnecting(message: ClientRequest, { host, protocol }: URL, ms: number): void {
  const giveUp = () => message.destroy(new OutboundTimeoutError(host, 'connect', ms))
  const timer = setTimeout(giveUp, ms)
  const done = () => clearTimeout(timer)
  message.once('close', done)
  message.once('socket', (socket) => {
    if (!socket.connecting) return done()
    socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', done)
  })
}

/** Until the answer, breaks off the request; from then on the answer, whose reader is the one to be told. */
function limitIdling(
  message: ClientRequest,
  answered: Promise<IncomingMessage>,
  { host }: URL,
  ms: number,
): void {
  const broken = () => new OutboundTimeoutError(host, 'move any bytes', ms)
  const giveUp = () => void message.destroy(broken())
  message.on('timeout', giveUp)
  const answer = (response: IncomingMessage) => {
    message.off('timeout', giveUp)
    message.on('timeout', () => response.destroy(broken()))
  }
  answered.then(answer, () => undefined)
}

function sendBody({ url, body }: OutboundRequest, message: ClientRequest): void {
  if (body === undefined || body instanceof Uint8Array) {
    message.end(body)
    return
  }
  const failed = (error: unknown) => message.destroy(new BodyFailedError(url.host, error))
  // The connection's own errors come from the message.
  pipeline(Readable.from(watched(body, failed)), message).catch(() => undefined)
}

async function* watched(body: AsyncIterable<Uint8Array>, failed: (error: unknown) => void) {
  try {
    yield* body
  } catch (error) {
    failed(error)
    throw error
  }
}

/** The other side had closed a kept connection just before it was used again. */
function isReset(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

function isRepeatable({ method, body }: OutboundRequest): boolean {
  return method !== 'POST' && method !== 'PATCH' && (body === undefined || body instanceof Uint8Array)
}
