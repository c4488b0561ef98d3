import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { type ApiDestinationContent, parseThingArn } from '../destinations/api-destination.ts'
import { type ApiRequest, apiRequest } from '../destinations/api-request.ts'
import { findConnection } from '../destinations/connection.ts'
import type { Messaging } from '../messaging.ts'
import type { TargetContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'
import { outcomeOfAnswer } from './outcome-of-answer.ts'

/** @see Amazon EventBridge user guide, "API destinations as targets": five seconds */
const patienceMs = 5_000
const longestAnswer = 64 * 1024

/** Calls an API destination with what its target gets of an event. */
export async function callApiDestination(
  messaging: Messaging,
  content: TargetContent,
  signal: AbortSignal,
): Promise<Outcome> {
  const { destinations } = messaging.metadata
  const asked = parseThingArn(content.target.Arn)
  const thing = asked && (await destinations.find(asked))
  if (thing === undefined || thing.id !== asked?.id) return refused('There is no such API destination')
  // Whoever keeps an API destination says by its type what it is made of.
  const destination = thing.content as ApiDestinationContent
  const named = parseThingArn(destination.connection)
  const connection = named && (await findConnection(messaging, destinations, named, named.name))
  if (connection === undefined) return refused('The connection of the API destination is gone')
  const parameters = content.target.HttpParameters ?? {}
  const event = { ...content.event }
  if (connection.state === 'DEAUTHORIZED') return refused('The connection is not authorized')
  await wait(messaging.pace(content.target.Arn, 1_000 / destination.rate), undefined, { signal })
  const token = await messaging.tokens.authorization(messaging, connection, signal)
  const { auth } = connection
  const request = apiRequest({ destination, auth, token, parameters, event, input: content.input })
  const outcome = await call(messaging, destination, request, signal)
  if (token === undefined || !isTokenRefused(outcome)) return outcome
  messaging.tokens.forget(connection)
  // As EventBridge does: the next try has a new token.
  return { kind: 'failed', answer: outcome.answer }
}

/** HTTP 401 and 407 say that a token is good no longer. */
function isTokenRefused({ kind, answer }: Outcome): boolean {
  return kind === 'refused' && (answer === 'HTTP 401' || answer === 'HTTP 407')
}

async function call(
  { outbound }: Messaging,
  { method }: ApiDestinationContent,
  { url, headers, authorization, body }: ApiRequest,
  signal: AbortSignal,
): Promise<Outcome> {
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const content = Buffer.from(body)
  const answer = await outbound.send({
    method,
    url,
    headers: hasBody ? { ...headers, 'content-length': String(content.length) } : headers,
    ...(hasBody && { body: content }),
    ...(authorization !== undefined && { credentials: { origin: url.origin, authorization } }),
    maxBytes: longestAnswer,
    deadline: patienceMs,
    signal,
  })
  await text(answer.body)
  return outcomeOfAnswer(answer)
}
