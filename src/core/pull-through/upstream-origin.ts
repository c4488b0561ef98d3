const host = /^(?:(https?):\/\/)?([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?)\/?$/i

/** Where an upstream registry is. */
export interface UpstreamOrigin {
  readonly scheme: 'http' | 'https'
  /** In lower case, with the port where one is given. */
  readonly host: string
}

/**
 * Reads the URL of an upstream registry: a host, perhaps with a port; a scheme may stand before it. Without one it is HTTPS. Undefined
 * for anything else.
 */
export function readUpstreamUrl(url: string): UpstreamOrigin | undefined {
  const [, scheme, name] = host.exec(url) ?? []
  if (name === undefined) return undefined
  return { scheme: scheme?.toLowerCase() === 'http' ? 'http' : 'https', host: name.toLowerCase() }
}
