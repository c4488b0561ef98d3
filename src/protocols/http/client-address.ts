import { isIP } from 'node:net'

/** Whether a proxy at this address says the truth about its clients. */
export type IsTrusted = (address: string) => boolean

/**
 * The address of the client behind trusted proxies. Each proxy adds whom it speaks for to the end of `X-Forwarded-For`, so the list
 * is read from its end and only as far as trusted proxies wrote it: what stands before that, anybody can have made up.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | string[] | undefined,
  isTrusted: IsTrusted,
): string {
  if (forwardedFor === undefined || !isTrusted(peer)) return peer
  const hops = String(forwardedFor)
    .split(',')
    .map((hop) => hop.trim())
  let client = peer
  while (isTrusted(client)) {
    const before = hops.pop()
    if (before === undefined || isIP(before) === 0) break
    client = before
  }
  return client
}
