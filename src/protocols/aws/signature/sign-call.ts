import { HeaderFields } from '../header-fields.ts'
import { canonicalRequest } from './canonical-request.ts'
import { algorithm } from './claim.ts'
import { formatStamp } from './request-time.ts'
import { sha256, sign } from './signature.ts'

type Headers = Readonly<Record<string, string>>

/** A call before it is signed. */
export interface UnsignedCall {
  readonly url: URL
  readonly body: string
  /** Headers that the signature covers beside those that make it, in lower case. */
  readonly headers?: Headers
  readonly time: Date
}

/** Who calls, and what. */
export interface Signer {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
  readonly region: string
  /** The signing name of a service: `ecr`. */
  readonly service: string
}

/**
 * All headers of a call by which Berth knows who calls; they hold for a few minutes, for this URL and body alone.
 *
 * @see AWS IAM user guide, "Create a signed AWS API request"
 */
export function signCall({ url, body, time, headers: covered = {} }: UnsignedCall, signer: Signer): Headers {
  const { accessKeyId, secretAccessKey, sessionToken, region, service } = signer
  const headers: Headers = {
    ...covered,
    host: url.host,
    'x-amz-date': formatStamp(time),
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const names = Object.keys(headers).sort()
  const request = {
    method: 'POST',
    path: url.pathname,
    query: [],
    headers: new HeaderFields(Object.entries(headers).flat()),
  }
  const scope = {
    date: formatStamp(time).slice(0, 8),
    region,
    service,
    terminator: 'aws4_request',
  }
  const signature = sign(secretAccessKey, { scope, time }, canonicalRequest(request, names, sha256(body)))
  const credential = [accessKeyId, scope.date, region, scope.service, scope.terminator].join('/')
  const authorization = `${algorithm} Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return { ...headers, authorization }
}
