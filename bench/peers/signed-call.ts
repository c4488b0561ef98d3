import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'

/** The key a caller signs with, and the region it calls. */
export interface Signer {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
}

export interface SignedCall {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Signs one ECR action as the AWS CLI does; the signature holds for a few minutes. `origin` is `http://host:port`. */
export async function signEcrCall(
  signer: Signer,
  origin: string,
  action: string,
  input: object,
): Promise<SignedCall> {
  const { hostname, port, host } = new URL(origin)
  const body = JSON.stringify(input)
  const signature = new SignatureV4({
    credentials: { accessKeyId: signer.accessKeyId, secretAccessKey: signer.secretAccessKey },
    region: signer.region,
    service: 'ecr',
    sha256: Sha256,
  })
  const { headers } = await signature.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: {
      host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${action}`,
    },
    body,
  })
  return { headers, body }
}

/** Node's SHA-256 in the form the signer asks for. */
class Sha256 {
  readonly #hash: Hash | Hmac

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data)
}
