import { element, escapeXml } from '../aws/query/xml.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from '../http/exchange.ts'

/** Services of AWS that speak XML by paths; all others that use paths speak JSON. */
const xmlServices: ReadonlySet<string> = new Set(['s3', 's3express', 's3-outposts', 'route53', 'cloudfront'])

/**
 * The service that an AWS client means: the one in the scope of its signature, in the header or, presigned, in the URL. Nothing has verified
 * it. Undefined for whoever signs in no such way.
 *
 * @see AWS IAM user guide, "Elements of an AWS API request signature"
 */
export function meantService({ url, headers }: Pick<HttpRequest, 'url' | 'headers'>): string | undefined {
  const { authorization = '' } = headers
  const [, query = ''] = url.split('?', 2)
  const credential =
    /^AWS4-HMAC-SHA256 .*Credential=([^,\s]+)/.exec(authorization)?.[1] ??
    new URLSearchParams(query).get('X-Amz-Credential')
  return credential?.split('/')[3]
}

/**
 * Tells a client of a service that Berth hasn't, and which asks by paths of its own, that it hasn't: 501, once, in the service's own manner.
 * A page or a plain 404 would be told as a broken server, after several tries.
 */
export function unofferedService(service: string): HttpDoor {
  const message = `Berth does not offer the service '${service}'. Its API coverage page lists what it offers.`
  return async ({ id }) => (xmlServices.has(service) ? inXml(message, id) : inJson(message))
}

function inXml(message: string, requestId: string): HttpResponse {
  const facts = [
    ['Code', 'NotImplemented'],
    ['Message', message],
    ['RequestId', requestId],
  ] as const
  const body = element('Error', facts.map(([name, text]) => element(name, escapeXml(text))).join(''))
  return { status: 501, headers: { 'content-type': 'application/xml' }, body }
}

function inJson(message: string): HttpResponse {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' }
  return { status: 501, headers, body: JSON.stringify({ message }) }
}
