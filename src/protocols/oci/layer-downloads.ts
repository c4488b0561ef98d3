import type { DownloadTickets, TicketReading } from '../../access/download-tickets.ts'
import type { StoredAccessKeys } from '../../access/stored-access-keys.ts'
import { RateExceededError } from '../../core/errors.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { Log } from '../../observability/log.ts'
import { pullBlob } from '../../registry/pull-through/pull-blob.ts'
import type { Registry } from '../../registry/registry.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from '../http/exchange.ts'
import type { Authorise } from '../permit.ts'
import { surroundingsOf } from '../surroundings.ts'
import { blobAnswer, blobHeadAnswer } from './blob-answer.ts'
import { repositoryPermission } from './endpoint.ts'
import { refusalFor } from './errors.ts'

export interface LayerDownloadsOptions {
  readonly registry: Registry
  readonly tickets: DownloadTickets
  readonly authorise: Authorise
  readonly keys: Pick<StoredAccessKeys, 'isLive'>
  readonly log: Log
}

/**
 * Serves the URLs of GetDownloadUrlForLayer, `<prefix><digest>?ticket=<ticket>`: whoever has one needs no credentials. It answers
 * every request, its own failures included.
 */
export function createLayerDownloads(prefix: string, options: LayerDownloadsOptions): HttpDoor {
  return async (http) => {
    try {
      return await answer(http, prefix, options)
    } catch (error) {
      return refuse(error, http, options.log)
    }
  }
}

/** Whether the layer may be brought from an upstream was asked when the ticket was given. */
const ticketHolder = { mayImport: async () => true }

async function answer(
  http: HttpRequest,
  prefix: string,
  options: LayerDownloadsOptions,
): Promise<HttpResponse> {
  const { registry, tickets } = options
  http.notes.route = `${prefix}{digest}`
  if (http.isSurplus) throw new RateExceededError()
  if (http.method !== 'GET' && http.method !== 'HEAD')
    return textAnswer(405, 'Layers can only be read', { allow: 'GET, HEAD' })
  const [path = '', query = ''] = http.url.split('?', 2)
  const ticket = tickets.read(new URLSearchParams(query).get('ticket') ?? '')
  if (ticket.state !== 'valid' || path !== `${prefix}${ticket.digest}`) return forbidden(ticket.state)
  await checkHolder(http, ticket, options)
  const { blob, read } = await pullBlob(registry, ticket.repository, ticket.digest, ticketHolder)
  return http.method === 'HEAD' ? blobHeadAnswer(http, blob) : blobAnswer(http, blob, read)
}

/** What has been taken from its holder since is taken from the URL, wherever it has got to. */
async function checkHolder(
  http: HttpRequest,
  { holder: who, repository }: Extract<TicketReading, { readonly state: 'valid' }>,
  { authorise, keys }: LayerDownloadsOptions,
): Promise<void> {
  http.notes.caller = who.arn
  if (who.keyId !== undefined && !(await keys.isLive(who.keyId))) throw new AccessDeniedError(keyIsGone)
  const permission = repositoryPermission('ecr:GetDownloadUrlForLayer', repository)
  await authorise({ who, permission, surroundings: surroundingsOf(http) })
}

const keyIsGone = 'The key that this download URL was got with is not in force any more'

function forbidden(state: TicketReading['state']): HttpResponse {
  return state === 'expired'
    ? textAnswer(403, 'This download URL has expired; ask for a new one')
    : textAnswer(403, 'This download URL was not signed by this registry')
}

function refuse(error: unknown, { id, method, notes }: HttpRequest, log: Log): HttpResponse {
  const refusal = refusalFor(error)
  notes.refusal = refusal?.code ?? 'UNKNOWN'
  if (refusal !== undefined) return textAnswer(refusal.status, refusal.message, refusal.headers)
  // The URL is a right to read; it stays out of the log.
  log.error({ requestId: id, method, err: error }, 'A layer download failed')
  return textAnswer(500, `The registry failed; its log knows more under ${id}`)
}

function textAnswer(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: `${text}\n` }
}
