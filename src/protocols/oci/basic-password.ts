/** The user name that goes with every registry token. */
const user = 'AWS:'
const basic = /^basic +([a-z0-9+/_-]+=*) *$/i

/**
 * The password in an `Authorization` header of HTTP Basic for user `AWS`; undefined for any other header.
 *
 * @see RFC 7617
 */
export function readBasicPassword(authorization: string): string | undefined {
  const [, encoded] = basic.exec(authorization) ?? []
  if (encoded === undefined) return undefined
  const credentials = Buffer.from(encoded, 'base64').toString('utf8')
  return credentials.startsWith(user) ? credentials.slice(user.length) : undefined
}
