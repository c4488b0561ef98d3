import type { HttpResponse } from '../../http/exchange.ts'
import type { AwsRequest } from '../aws-request.ts'
import type { Fault } from '../fault.ts'
import type { Target } from '../target.ts'
import { writeJson } from './write-json.ts'

/** An action's answer as a JSON body. */
export function writeJsonOutput(
  request: AwsRequest,
  contentType: string,
  { operation }: Target,
  output: unknown,
): HttpResponse {
  return reply(request, contentType, 200, writeJson(operation.output, output))
}

/** An error as a JSON body, its name also where clients look first: in a header. */
export function writeJsonFault(
  request: AwsRequest,
  contentType: string,
  { code, status, message, members }: Fault,
): HttpResponse {
  const response = reply(request, contentType, status, { __type: code, message, ...members })
  return { ...response, headers: { ...response.headers, 'x-amzn-ErrorType': code } }
}

function reply(request: AwsRequest, contentType: string, status: number, content: object): HttpResponse {
  const headers = { 'content-type': contentType, 'x-amzn-RequestId': request.id }
  return { status, headers, body: JSON.stringify(content) }
}
