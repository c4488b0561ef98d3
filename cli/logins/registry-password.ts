import { z } from 'zod'
import { callAws } from '../aws-call.ts'
import type { Connection } from '../connection.ts'
import { registryHostOf } from './registry-host.ts'

/** A user name with its password, as image clients send them. */
export interface RegistryPassword {
  readonly userName: string
  readonly password: string
}

const getAuthorizationToken = {
  service: 'ecr',
  target: 'AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken',
  answer: z.object({
    authorizationData: z.tuple([z.object({ authorizationToken: z.string(), proxyEndpoint: z.string() })]),
  }),
}

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
  const { authorizationData } = await callAws(connection, getAuthorizationToken, {})
  const [{ authorizationToken, proxyEndpoint }] = authorizationData
  const [userName = '', password = ''] = Buffer.from(authorizationToken, 'base64').toString().split(':', 2)
  return { userName, password, host: registryHostOf(proxyEndpoint) }
}
