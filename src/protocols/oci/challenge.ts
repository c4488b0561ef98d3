import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import { apiVersion } from './answers.ts'

/**
 * ECR's answer to a request without credentials, or with wrong ones: the same on every path, and plain text, as captured from AWS.
 *
 * @see RFC 7617 for the header
 */
export function challengeAnswer({ scheme, headers }: Pick<HttpRequest, 'scheme' | 'headers'>): HttpResponse {
  const host = (headers.host ?? '').replace(/[^\w.:[\]-]/g, '')
  return {
    status: 401,
    headers: {
      ...apiVersion,
      'www-authenticate': `Basic realm="${scheme}://${host}/",service="ecr.amazonaws.com"`,
      'content-type': 'text/plain; charset=utf-8',
    },
    body: 'Not Authorized\n',
  }
}
