import { writeJson } from '../../../src/protocols/aws/json/write-json.ts'
import type { Operation, ServiceModel } from '../../../src/protocols/aws/model/service-model.ts'
import type { Shape, StructureShape } from '../../../src/protocols/aws/model/shape.ts'
import { type Signer, signCall } from '../../../src/protocols/aws/signature/sign-call.ts'

/** Keys that somebody signs with. */
export type Keys = Omit<Signer, 'region' | 'service' | 'sessionToken'> & { readonly sessionToken?: string }

/** What an AWS service said. */
export interface AwsAnswer {
  readonly status: number
  /** The error's name, without what some protocols put before and behind it. */
  readonly code: string | undefined
  readonly body: string
}

type Input = Readonly<Record<string, unknown>>

/** One call of an operation, in its service's own protocol; signed unless nobody calls. */
export async function callAws(
  server: { readonly url: string; readonly address: string },
  {
    model,
    operation,
    input,
  }: { readonly model: ServiceModel; readonly operation: Operation; readonly input: Input },
  keys: Keys | undefined,
): Promise<AwsAnswer> {
  const { path, headers, body } = requestOf(model, operation, input)
  const url = new URL(path, server.url)
  const signer = keys && { ...keys, region: 'us-east-1', service: model.name }
  const signed = signer ? signCall({ url, body, headers, time: new Date() }, signer) : headers
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...signed, 'x-forwarded-for': server.address },
    body,
  })
  const text = await answer.text()
  return { status: answer.status, code: codeIn(text, answer.status), body: text }
}

function requestOf(model: ServiceModel, { name, input: shape }: Operation, input: Input) {
  if (model.protocol === 'query') {
    const action = { Action: name, Version: model.version }
    const body = new URLSearchParams({ ...action, ...queryOf(shape, input, '') }).toString()
    return { path: '/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }
  }
  const body = JSON.stringify(writeJson(shape, input))
  if (model.targetPrefix === undefined)
    return { path: `/${model.name}/v1/${name}`, headers: { 'content-type': 'application/json' }, body }
  const headers = {
    'content-type': `application/x-amz-json-${model.jsonVersion}`,
    'x-amz-target': `${model.targetPrefix}.${name}`,
  }
  return { path: '/', headers, body }
}

/** A structure as the parameters of AWS's Query protocol. */
function queryOf(shape: StructureShape, input: Input, prefix: string): Record<string, string> {
  const entries = Object.entries(input).map(([name, value]) =>
    parametersOf(shape.members.get(name), value, `${prefix}${name}`),
  )
  return Object.assign({}, ...entries)
}

function parametersOf(shape: Shape | undefined, value: unknown, name: string): Record<string, string> {
  if (shape?.kind === 'structure') return queryOf(shape, value as Input, `${name}.`)
  if (shape?.kind === 'list') {
    const place = shape.flattened ? name : `${name}.member`
    const all = (value as readonly unknown[]).map((each, at) =>
      parametersOf(shape.member, each, `${place}.${at + 1}`),
    )
    return Object.assign({}, ...all)
  }
  if (shape?.kind === 'map') {
    const place = shape.flattened ? name : `${name}.entry`
    const all = Object.entries(value as Input).map(([key, each], at) => ({
      [`${place}.${at + 1}.${shape.keyName}`]: key,
      ...parametersOf(shape.value, each, `${place}.${at + 1}.${shape.valueName}`),
    }))
    return Object.assign({}, ...all)
  }
  return { [name]: value instanceof Date ? value.toISOString() : String(value) }
}

function codeIn(body: string, status: number): string | undefined {
  if (status < 400) return undefined
  const [, code] = /"__type":"([^"]+)"/.exec(body) ?? /<Code>([^<]+)<\/Code>/.exec(body) ?? []
  return code?.replace(/^.*#/, '').replace(/Exception$/, '')
}
