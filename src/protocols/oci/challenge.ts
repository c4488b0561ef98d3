import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import { apiVersion } from './answers.ts'

/**
 * ECR's answer to a request without credentials, or with wrong ones: the same on every path, and plain text, as captured from AWS.
 * With the path of a token endpoint it asks for a bearer token, which can be had without credentials.
 *
 * @see RFC 7617 and RFC 6750 for the header
 */
export function challengeAnswer(
  { scheme, headers }: Pick<HttpRequest, 'scheme' | 'headers'>,
  tokenPath?: string,
): HttpResponse {
  const host = (headers.host ?? '').replace(/[^\w.:[\]-]/g, '')
  const [method, path] = tokenPath === undefined ? ['Basic', '/'] : ['Bearer', tokenPath]
  return {
    status: 401,
    headers: {
      ...apiVersion,
      'www-authenticate': `${method} realm="${scheme}://${host}${path}",service="ecr.amazonaws.com"`,
      'content-type': 'text/plain; charset=utf-8',
    },
    body: 'Not Authorized\n',
  }
}
