import { HeaderFields } from '../src/protocols/aws/header-fields.ts'
import { canonicalRequest } from '../src/protocols/aws/signature/canonical-request.ts'
import { algorithm } from '../src/protocols/aws/signature/claim.ts'
import { formatStamp } from '../src/protocols/aws/signature/request-time.ts'
import { sha256, sign } from '../src/protocols/aws/signature/signature.ts'
import type { Connection } from './connection.ts'

type Headers = Readonly<Record<string, string>>

/** A call before it is signed. */
export interface UnsignedCall {
  readonly url: URL
  readonly body: string
  readonly time: Date
}

/**
 * The headers by which Berth knows who calls; they hold for a few minutes, for this URL and body alone.
 *
 * @see AWS IAM user guide, "Create a signed AWS API request"
 */
export function signCall({ url, body, time }: UnsignedCall, connection: Connection): Headers {
  const { accessKeyId, secretAccessKey, sessionToken, region } = connection
  const headers: Headers = {
    host: url.host,
    'x-amz-date': formatStamp(time),
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const names = Object.keys(headers)
  const request = {
    method: 'POST',
    path: url.pathname,
    query: [],
    headers: new HeaderFields(Object.entries(headers).flat()),
  }
  const scope = {
    date: formatStamp(time).slice(0, 8),
    region,
    service: 'berth',
    terminator: 'aws4_request',
  }
  const signature = sign(secretAccessKey, { scope, time }, canonicalRequest(request, names, sha256(body)))
  const credential = [accessKeyId, scope.date, region, scope.service, scope.terminator].join('/')
  const authorization = `${algorithm} Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return { ...headers, authorization }
}
