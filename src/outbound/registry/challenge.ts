/** How a registry wants to be told who asks. */
export interface Challenge {
  readonly scheme: 'basic' | 'bearer'
  readonly realm: string | undefined
  readonly service: string | undefined
}

const longest = 4096
const parameter = /([a-z0-9!#$%&'*+.^_`|~-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/gi

/**
 * Reads a `WWW-Authenticate` header. Where it offers several schemes the first one counts; undefined for one that isn't known here.
 *
 * @see RFC 9110, 11.6.1; distribution's "Token Authentication Specification"
 */
export function readChallenge(header: string | undefined): Challenge | undefined {
  const [, scheme, rest = ''] =
    /^\s*(basic|bearer)(?:\s+(.*))?$/is.exec((header ?? '').slice(0, longest)) ?? []
  if (scheme === undefined) return undefined
  const parameters = new Map<string, string>()
  for (const [, name = '', quoted, bare] of rest.matchAll(parameter)) {
    const key = name.toLowerCase()
    if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '')
  }
  return {
    scheme: scheme.toLowerCase() === 'basic' ? 'basic' : 'bearer',
    realm: parameters.get('realm'),
    service: parameters.get('service'),
  }
}
