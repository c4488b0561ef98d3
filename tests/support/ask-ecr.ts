import { signHeader } from '../../src/protocols/aws/testing/official-signer.ts'
import { type RawAnswer, sendRaw } from './raw-request.ts'

/** Where to ask, and with which key. */
export interface EcrAsker {
  readonly port: number
  readonly keyId: string
  readonly secret: string
}

/** Calls an operation of ECR with an input that no SDK has looked at, signed by the official signer. */
export async function askEcr(
  { port, keyId, secret }: EcrAsker,
  operation: string,
  input: object,
): Promise<RawAnswer> {
  const headers = {
    host: `localhost:${port}`,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
  }
  const unsigned = { headers, body: JSON.stringify(input) }
  const signed = await signHeader(unsigned, { keyId, secret, service: 'ecr', time: new Date() })
  const body = String(signed.body)
  return sendRaw(port, { method: 'POST', path: '/', headers: Object.fromEntries(signed.headers ?? []), body })
}
