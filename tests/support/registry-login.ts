import { type ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'

/** The password that `docker login --username AWS` wants, for the account and region of the client. */
export async function fetchPassword(ecr: ECRClient): Promise<string> {
  const { authorizationData = [] } = await ecr.send(new GetAuthorizationTokenCommand())
  const decoded = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString()
  return decoded.replace('AWS:', '')
}

/** The header that a client sends which has logged in with this password. */
export function basic(password: string): string {
  return `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
}
