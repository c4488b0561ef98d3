import { z } from 'zod'
import { signCall } from '../../src/protocols/aws/signature/sign-call.ts'
import type { Connection } from '../connection.ts'
import { explainFault, explainStranger, explainUnreachable } from '../explain-fault.ts'
import { trustBundle } from '../trust-bundle.ts'
import { registryHostOf } from './registry-host.ts'

/** Milliseconds; docker waits for it. */
const patience = 30_000

/** A user name with its password, as image clients send them. */
export interface RegistryPassword {
  readonly userName: string
  readonly password: string
}

const answered = z.object({
  authorizationData: z.tuple([z.object({ authorizationToken: z.string(), proxyEndpoint: z.string() })]),
})
const fault = z.object({ __type: z.string(), message: z.string().default('') })

/**
 * Asks a Berth for a password of its registries in the connection's region, which is good for twelve hours.
 *
 * @returns with it the host that the caller's own registry has
 * @throws CliError with what to do when nobody answers, or the answer is an error
 * @see Amazon ECR API reference, GetAuthorizationToken
 */
export async function fetchRegistryPassword(
  connection: Connection,
): Promise<RegistryPassword & { readonly host: string }> {
  const response = await ask(connection)
  const content: unknown = await response.json().catch(() => null)
  const { data } = answered.safeParse(content)
  if (!response.ok || data === undefined) throw explain(response, content, connection)
  const [{ authorizationToken, proxyEndpoint }] = data.authorizationData
  const [userName = '', password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(':', 2)
  return { userName, password, host: registryHostOf(proxyEndpoint) }
}

async function ask(connection: Connection): Promise<Response> {
  if (connection.caFile !== undefined && connection.endpoint.startsWith('https:'))
    trustBundle(connection.caFile)
  const url = new URL('/', connection.endpoint)
  const body = '{}'
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken',
  }
  const signed = signCall({ url, body, headers, time: new Date() }, { ...connection, service: 'ecr' })
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
