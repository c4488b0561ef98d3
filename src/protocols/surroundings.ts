import type { Surroundings } from '../access/surroundings.ts'
import type { HttpRequest } from './http/exchange.ts'

/** How a request came, for conditions of policies. */
export function surroundingsOf({
  remoteAddress,
  scheme,
  headers,
}: Pick<HttpRequest, 'remoteAddress' | 'scheme' | 'headers'>): Surroundings {
  return {
    sourceIp: remoteAddress,
    isSecure: scheme === 'https',
    userAgent: headers['user-agent'],
    referer: headers.referer,
  }
}
