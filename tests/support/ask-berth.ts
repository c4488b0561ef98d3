import { signHeader } from '../../src/protocols/aws/testing/official-signer.ts'
import { type RawAnswer, sendRaw } from './raw-request.ts'

/** Where to ask, and with which key. */
export interface Asker {
  readonly port: number
  readonly keyId: string
  readonly secret: string
  readonly service?: string
  readonly method?: string
}

/** A request to one of Berth's own operations, signed by the official signer as any SDK would. */
export async function askBerth(asker: Asker, path: string, body: string): Promise<RawAnswer> {
  const { port, keyId, secret, service = 'berth', method = 'POST' } = asker
  const unsigned = { method, path, body, headers: { host: `localhost:${port}` } }
  const { headers = [] } = await signHeader(unsigned, { keyId, secret, service, time: new Date() })
  return sendRaw(port, { method, path, headers: Object.fromEntries(headers), body })
}
