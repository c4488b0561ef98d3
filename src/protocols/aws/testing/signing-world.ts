import type { AccessKey, AccessKeys } from '../../../access/access-keys.ts'
import { rootOf } from '../../../access/principal.ts'
import { parseAccountId } from '../../../core/names/account-id.ts'
import { AwsRequest } from '../aws-request.ts'
import { authenticate, type Identity } from '../signature/authenticate.ts'
import { httpRequest, type RequestParts } from './http-request.ts'
import type { Signer } from './official-signer.ts'

/** The moment at which signatures are made and verified. */
export const now = new Date('2026-03-01T08:00:00Z')
export const principal = rootOf(parseAccountId('111122223333'))
const longTerm: AccessKey = { id: 'AKIAEXAMPLE', secret: 'secret/+long', principal }
export const temporary: AccessKey = {
  id: 'ASIAEXAMPLE',
  secret: 'temporary+secret',
  principal,
  sessionToken: 'token/+==',
  expiresAt: new Date('2026-03-01T09:00:00Z'),
}
export const keys: AccessKeys = {
  find: async (id) => [longTerm, temporary].find((key) => key.id === id),
}
export const signer: Signer = { keyId: longTerm.id, secret: longTerm.secret, service: 'ecr', time: now }
export const temporarySigner: Signer = {
  ...signer,
  keyId: temporary.id,
  secret: temporary.secret,
  sessionToken: 'token/+==',
}

/** Verifies as the front end does: everything but the body first, then the body. */
export async function verify(parts: RequestParts, time = now): Promise<Identity> {
  const request = new AwsRequest(httpRequest(parts))
  const signature = await authenticate(request, { name: 'ecr', clockMinutes: 5 }, { keys, now: () => time })
  return signature.verify(await request.readBody(1_000_000))
}

/** What a refused request is refused with. */
export async function refusalOf(parts: RequestParts, time = now): Promise<unknown> {
  return verify(parts, time).then(
    () => 'accepted',
    (error: unknown) => error,
  )
}

export function headerOf({ headers = [] }: RequestParts, name: string): string {
  return headers.find(([each]) => each === name)?.[1] ?? ''
}

/** The same request with another value in one header. */
export function withHeader(parts: RequestParts, name: string, value: string): RequestParts {
  const headers = (parts.headers ?? []).map((each) => (each[0] === name ? ([name, value] as const) : each))
  return { ...parts, headers }
}
