import { readUpstreamUrl, type UpstreamOrigin } from '../core/pull-through/upstream-origin.ts'

/**
 * Whether a registry may be an upstream, by a list of hosts separated by commas, in which `http://` allows plain HTTP and `*` is
 * every registry by HTTPS; undefined when one of them is no host.
 */
export function parseUpstreamRegistries(text: string): ((origin: UpstreamOrigin) => boolean) | undefined {
  const parts = text === '' ? [] : text.split(/ *, */)
  const allowed = new Set<string>()
  for (const part of parts) {
    const origin = readUpstreamUrl(part)
    if (part !== '*' && origin === undefined) return undefined
    allowed.add(origin ? keyOf(origin) : '*')
  }
  return (origin) => allowed.has(keyOf(origin)) || (allowed.has('*') && origin.scheme === 'https')
}

function keyOf({ scheme, host }: UpstreamOrigin): string {
  return `${scheme}://${host}`
}
