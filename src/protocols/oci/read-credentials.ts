import type { RegistryTokens, TokenReading } from '../../access/registry-tokens.ts'
import type { RobotLogins } from '../../access/robots/robot-logins.ts'
import { robotUser } from '../../core/robots/robot-password.ts'
import { readBasicPassword } from './basic-password.ts'
import { readBearerToken, readPasswordOrToken } from './bearer-token.ts'

/** Whose credentials are known. */
export interface KnownCredentials {
  readonly tokens: RegistryTokens
  readonly robots: Pick<RobotLogins, 'read'>
}

/**
 * Whom an `Authorization` header belongs to: the holder of a registry token, who is `AWS`, or a robot, which is `robot`. Neither's
 * password is good under the other's name.
 *
 * @param scheme whether a bearer token in the place of the password will do
 */
export function readCredentials(
  authorization: string,
  { tokens, robots }: KnownCredentials,
  scheme: 'basic' | 'basic or bearer',
): TokenReading | Promise<TokenReading> {
  const takesBearer = scheme !== 'basic'
  const reading = tokens.read(authorization, takesBearer ? readPasswordOrToken : readBasicPassword)
  if (reading.state !== 'invalid') return reading
  const bearer = takesBearer ? readBearerToken(authorization) : undefined
  const password = readBasicPassword(authorization, robotUser) ?? bearer
  return password === undefined ? reading : robots.read(password)
}
