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
  const request = apiRequest({ destination, auth: connection.auth, parameters, event, input: content.input })
  await wait(messaging.pace(content.target.Arn, 1_000 / destination.rate), undefined, { signal })
  return call(messaging, destination, request, signal)
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
