import { z } from 'zod'
import { signCall } from '../src/protocols/aws/signature/sign-call.ts'
import type { Connection } from './connection.ts'
import { explainFault, explainStranger, explainUnreachable } from './explain-fault.ts'
import { trustBundle } from './trust-bundle.ts'

/** Milliseconds; docker may be waiting for it. */
const patience = 30_000
const fault = z.object({ __type: z.string(), message: z.string().default('') })

/** An action of one of AWS's JSON services. */
export interface AwsAction<Answer> {
  /** The service's name in signatures. */
  readonly service: string
  /** As in `X-Amz-Target`. */
  readonly target: string
  readonly answer: z.ZodType<Answer>
}

/**
 * Calls an action at a Berth.
 *
 * @throws CliError with what to do when nobody answers, or the answer is an error
 */
export async function callAws<Answer>(
  connection: Connection,
  action: AwsAction<Answer>,
  input: object,
): Promise<Answer> {
  const response = await ask(connection, action, JSON.stringify(input))
  const content: unknown = await response.json().catch(() => null)
  const { data } = action.answer.safeParse(content)
  if (response.ok && data !== undefined) return data
  throw explain(response, content, connection)
}

async function ask(
  connection: Connection,
  { service, target }: Pick<AwsAction<unknown>, 'service' | 'target'>,
  body: string,
): Promise<Response> {
  if (connection.caFile !== undefined && connection.endpoint.startsWith('https:'))
    trustBundle(connection.caFile)
  const url = new URL('/', connection.endpoint)
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }
  const signed = signCall({ url, body, headers, time: new Date() }, { ...connection, service })
  try {
    return await fetch(url, { method: 'POST', headers: signed, body, signal: AbortSignal.timeout(patience) })
  } catch (cause) {
    throw explainUnreachable(cause, connection)
  }
}

function explain(response: Response, content: unknown, connection: Connection) {
  const { data } = fault.safeParse(content)
  if (data === undefined) return explainStranger(response, connection)
  return explainFault({ code: data.__type, message: data.message }, connection)
}
