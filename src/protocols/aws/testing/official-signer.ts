import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import type { RequestParts } from './http-request.ts'

type SmithyRequest = Parameters<SignatureV4['presign']>[0]
type SourceData = string | ArrayBuffer | ArrayBufferView

/** Who signs, for what and when. */
export interface Signer {
  readonly keyId: string
  readonly secret: string
  readonly sessionToken?: string
  readonly region?: string
  readonly service: string
  readonly time: Date
}

/** A request before it is signed, its query taken apart. */
export interface Unsigned {
  readonly method?: string
  /** As on the wire. */
  readonly path?: string
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** Signs with the official signer, in the Authorization header. */
export async function signHeader(unsigned: Unsigned, signer: Signer): Promise<RequestParts> {
  return partsOf(
    await officialSigner(signer).sign(smithyRequest(unsigned), { signingDate: signer.time }),
    unsigned,
  )
}

/** Presigns with the official signer, in the query. */
export async function presign(unsigned: Unsigned, signer: Signer, expiresIn = 60): Promise<RequestParts> {
  const options = { signingDate: signer.time, expiresIn }
  return partsOf(await officialSigner(signer).presign(smithyRequest(unsigned), options), unsigned)
}

function officialSigner({ keyId, secret, sessionToken, region = 'us-east-1', service }: Signer): SignatureV4 {
  const credentials = { accessKeyId: keyId, secretAccessKey: secret, ...(sessionToken && { sessionToken }) }
  // Without the checksum header the body is covered by the canonical request alone, as AWS's JSON services expect.
  return new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false })
}

function smithyRequest({
  method = 'POST',
  path = '/',
  query = {},
  headers = {},
  body = '',
}: Unsigned): SmithyRequest {
  return {
    protocol: 'http:',
    hostname: 'localhost',
    port: 4566,
    method,
    path,
    query: Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    headers: { host: 'localhost:4566', ...headers },
    body,
  }
}

function partsOf(
  { method, path, query = {}, headers }: SmithyRequest,
  { body = '' }: Unsigned,
): RequestParts {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ''].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`),
  )
  return {
    method,
    url: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: Object.entries(headers),
    body,
  }
}

class Sha256 {
  readonly #hash: Hash | Hmac

  constructor(secret?: SourceData) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }

  update(data: SourceData): void {
    this.#hash.update(bytesOf(data))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {
    throw new Error('The signer makes a new hash each time')
  }
}

function bytesOf(data: SourceData): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data)
}
