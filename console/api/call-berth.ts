import { Sha256Js } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Session } from '../session/session.ts'
import type { BerthOperations } from './berth-operations.ts'

/** Calls one of Berth's own operations, signed in the browser as the SDK does it for AWS's. @throws Error named as the fault */
export async function callBerth<Name extends keyof BerthOperations>(
  session: Session,
  name: Name,
  input: BerthOperations[Name]['input'],
): Promise<BerthOperations[Name]['output']> {
  const { protocol, host, hostname, port, origin } = location
  const path = `/berth/v1/${name}`
  const { region, ...credentials } = session
  const signer = new SignatureV4({ service: 'berth', region, credentials, sha256: Sha256Js })
  const body = JSON.stringify(input)
  const signed = await signer.sign({
    method: 'POST',
    protocol,
    hostname,
    ...(port && { port: Number(port) }),
    path,
    query: {},
    headers: { host, 'content-type': 'application/json' },
    body,
  })
  const { host: _setByBrowser, ...headers } = signed.headers
  const response = await fetch(origin + path, { method: 'POST', headers, body })
  const answer = await response.json()
  if (response.ok) return answer
  throw Object.assign(new Error(answer.message), { name: String(answer.__type).split('#').pop() })
}
