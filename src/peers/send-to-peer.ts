import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { BodyFailedError, OutboundError } from '../outbound/outbound-errors.ts'
import type { OutboundRequest, OutboundResponse } from '../outbound/outbound-request.ts'
import { PeerRefusedError, PeerUnavailableError } from '../registry/replication/peer-registry.ts'
import type { Peer } from './peer.ts'

/** Whatever a peer answers to what is asked of it here is small. */
const mostAnswerBytes = 256 * 1024

/** A request to a peer; `signal` ends it. */
export interface PeerRequest
  extends Omit<OutboundRequest, 'credentials' | 'maxBytes' | 'signal' | 'deadline'> {
  readonly authorization: string
  readonly signal: AbortSignal
}

/**
 * Sends a request to a peer, and to no other host with its credentials.
 *
 * @throws PeerUnavailableError when there is no answer; the signal's reason; what reading `body` throws
 */
export async function sendToPeer(
  { outbound, url: { origin } }: Peer,
  { authorization, ...request }: PeerRequest,
): Promise<OutboundResponse> {
  try {
    const credentials = { origin, authorization }
    return await outbound.send({ ...request, credentials, maxBytes: mostAnswerBytes })
  } catch (error) {
    request.signal.throwIfAborted()
    if (error instanceof BodyFailedError) throw error.cause
    if (error instanceof OutboundError) throw new PeerUnavailableError(error.message, { cause: error })
    throw error
  }
}

/** The JSON of an answer's body. @throws PeerUnavailableError when it breaks off or is none */
export async function readJson(answer: OutboundResponse): Promise<unknown> {
  try {
    return JSON.parse((await buffer(answer.body)).toString('utf8'))
  } catch (cause) {
    throw new PeerUnavailableError(`${answer.url.host} answers what is no JSON`, { cause })
  }
}

/** What peers say when they refuse: `/v2/` a list, the JSON API a type. */
const refusal = z.union([
  z
    .object({ errors: z.array(z.object({ code: z.string(), message: z.string().default('') })).min(1) })
    .transform(({ errors }) => errors[0]),
  z
    .object({ __type: z.string(), message: z.string().default('') })
    .transform(({ __type, message }) => ({ code: __type.replace(/^.*#/, ''), message })),
])

/** Why a peer doesn't do what was asked. */
export interface PeerRefusal {
  readonly status: number
  /** `TAG_INVALID`, `RepositoryAlreadyExistsException`; the status where it gives no code. */
  readonly code: string
  readonly message: string
}

/** Reads why a peer refused; it may be asked again for what passes. @throws PeerUnavailableError */
export async function readRefusal(answer: OutboundResponse): Promise<PeerRefusal> {
  const { status, url } = answer
  if (status >= 500 || status === 429 || status === 408 || status === 401) {
    await answer[Symbol.asyncDispose]()
    throw new PeerUnavailableError(`${url.host} answers ${status}`)
  }
  const { success, data } = refusal.safeParse(await readJson(answer).catch(() => undefined))
  return success && data !== undefined
    ? { status, ...data }
    : { status, code: `Status${status}`, message: '' }
}

/** The error for a refusal that nobody expects. A repository that is gone is made again at the next try. */
export function refusedError({ url }: Peer, { code, message, status }: PeerRefusal): Error {
  const text = `${url.host} refuses with ${status} ${code}: ${message}`
  if (code === 'NAME_UNKNOWN' || code === 'BLOB_UPLOAD_UNKNOWN') return new PeerUnavailableError(text)
  const isDenial = status === 403 || code === 'AccessDeniedException'
  return new PeerRefusedError(text, isDenial ? 'AccessDenied' : code.replace(/Exception$/, ''))
}
