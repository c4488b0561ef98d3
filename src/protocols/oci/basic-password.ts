const basic = /^basic +([a-z0-9+/_-]+=*) *$/i

/**
 * The password in an `Authorization` header of HTTP Basic for a user; undefined for any other header.
 *
 * @param user `AWS`, which goes with every registry token, unless told
 * @see RFC 7617
 */
export function readBasicPassword(authorization: string, user = 'AWS'): string | undefined {
  const [, encoded] = basic.exec(authorization) ?? []
  if (encoded === undefined) return undefined
  const credentials = Buffer.from(encoded, 'base64').toString('utf8')
  return credentials.startsWith(`${user}:`) ? credentials.slice(user.length + 1) : undefined
}
