import { redeemConsoleTicket } from '../../access/iam/console-tickets.ts'
import { readBody } from '../aws/read-body.ts'
import { RefusalError } from '../aws/refusal.ts'
import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import type { ConsoleParts } from './console-door.ts'

const longestBody = 1024

/**
 * Gives who brings a ticket the credentials of a session. The body must be declared as JSON, which no page of another origin can send
 * without asking first.
 */
export async function exchangeTicket(
  { iam, region }: ConsoleParts,
  request: HttpRequest,
): Promise<HttpResponse> {
  const { headers, notes } = request
  if (headers['content-type'] !== 'application/json') return answer(415, { message: 'Send application/json' })
  const ticket = await readTicket(request)
  const session = ticket === undefined ? undefined : await redeemConsoleTicket(iam, ticket)
  if (session === undefined) {
    notes.isRejected = true
    return answer(403, {
      message: 'This link was used already, or is older than two minutes: `berth console` prints a new one.',
    })
  }
  notes.caller = session.arn
  const { accessKeyId, secretAccessKey, sessionToken } = session
  return answer(200, { accessKeyId, secretAccessKey, sessionToken, region })
}

/** Undefined where the body is too long, cut short or no JSON: there is no ticket in it. */
async function readTicket({ headers, body, signal }: HttpRequest): Promise<string | undefined> {
  try {
    const bytes = await readBody(body, { limit: longestBody, length: headers['content-length'], signal })
    const { ticket } = JSON.parse(bytes.toString())
    return typeof ticket === 'string' ? ticket : undefined
  } catch (error) {
    if (error instanceof RefusalError || error instanceof SyntaxError || error instanceof TypeError)
      return undefined
    throw error
  }
}

function answer(status: number, value: object): HttpResponse {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  return { status, headers, body: JSON.stringify(value) }
}
