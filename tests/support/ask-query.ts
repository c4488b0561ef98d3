import { signHeader } from '../../src/protocols/aws/testing/official-signer.ts'
import { sendRaw } from './raw-request.ts'

/** Whose key signs. */
export interface QueryKey {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken?: string
}

type Parameter = string | number | boolean | readonly Parameter[] | { readonly [name: string]: Parameter }
export type Parameters = Readonly<Record<string, Parameter>>

/** What an operation answered. */
export interface QueryAnswer {
  /** `Success`, or the error's code. */
  readonly code: string
  readonly message: string
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly result: any
}

const versions = { iam: '2010-05-08', sts: '2011-06-15', sns: '2010-03-31' } as const

/** A service, one of its operations, and the operation's input. */
export type QueryCall = readonly [service: keyof typeof versions, action: string, parameters?: Parameters]

/** Calls an operation of a service that speaks the Query protocol, signed by the official signer. */
export async function askQuery(
  { port }: { readonly port: number },
  { AccessKeyId: keyId, SecretAccessKey: secret, SessionToken }: QueryKey,
  [service, action, parameters = {}]: QueryCall,
): Promise<QueryAnswer> {
  const query = { Action: action, Version: versions[service], ...flat(parameters) }
  const headers = { host: `localhost:${port}`, accept: 'application/json' }
  const signer = {
    keyId,
    secret,
    service,
    time: new Date(),
    ...(SessionToken && { sessionToken: SessionToken }),
  }
  const signed = await signHeader({ method: 'GET', query, headers }, signer)
  const sent = { path: signed.url ?? '/', headers: Object.fromEntries(signed.headers ?? []) }
  const { body } = await sendRaw(port, sent)
  const { [`${action}Response`]: answer, ErrorResponse } = JSON.parse(body)
  const { Code: code = 'Success', Message: message = '' } = ErrorResponse?.Error ?? {}
  return { code, message, result: answer?.[`${action}Result`] }
}

/** `{ Tags: [{ Key: 'a' }] }` becomes `Tags.member.1.Key`. */
function flat(parameter: Parameter, name = ''): Record<string, string> {
  if (typeof parameter !== 'object') return { [name]: String(parameter) }
  const isList = Array.isArray(parameter)
  const members = Object.entries(parameter).map(([key, value]: [string, Parameter]) =>
    flat(value, [name, isList ? `member.${Number(key) + 1}` : key].filter(Boolean).join('.')),
  )
  return Object.assign({}, ...members)
}
