import type { HttpResponse } from '../../http/exchange.ts'
import type { AwsRequest } from '../aws-request.ts'
import type { Protocol } from '../protocol.ts'
import { findOffer, type ServedService } from '../served-service.ts'
import type { Target } from '../target.ts'
import { isRoot, unknownOperation, unknownPath } from '../unknown-operation.ts'
import { jsonRefusals } from './json-refusals.ts'
import { parseJson } from './parse-json.ts'
import { readJson } from './read-json.ts'
import { writeJson } from './write-json.ts'

/**
 * AWS's JSON protocol: a POST to `/` whose `X-Amz-Target` names service and operation.
 *
 * @see Smithy, "AWS JSON 1.1 protocol"
 */
export const jsonProtocol: Protocol = {
  refusals: jsonRefusals,
  internal: { code: 'ServerException', status: 500 },

  async dispatch(request, services) {
    const target = request.headers.one('x-amz-target')
    if (request.method !== 'POST' || !isRoot(request) || target === undefined) throw unknownPath(request)
    return findTarget(target, request, services)
  },

  writeOutput(request, { served, operation }, output) {
    return reply(request, served, 200, writeJson(operation.output, output))
  },

  writeFault(request, target, { code, status, message, members }) {
    const response = reply(request, target?.served, status, { __type: code, message, ...members })
    return { ...response, headers: { ...response.headers, 'x-amzn-ErrorType': code } }
  },
}

function findTarget(text: string, request: AwsRequest, services: readonly ServedService[]): Target {
  const [prefix = '', ...rest] = text.split('.')
  const name = rest.join('.')
  const served = services.find(({ model }) => model.protocol === 'json' && model.targetPrefix === prefix)
  const offered = served && findOffer(served, name)
  if (!offered) throw unknownOperation(name, served?.model.name ?? prefix)
  return {
    ...offered,
    readBody: () => request.readBody(offered.served.manners.bodyLimit),
    readInput: (body) => readJson(offered.operation.input, parseJson(body)),
  }
}

function reply(
  request: AwsRequest,
  served: ServedService | undefined,
  status: number,
  content: object,
): HttpResponse {
  const headers = {
    'content-type': `application/x-amz-json-${served?.model.jsonVersion ?? '1.1'}`,
    'x-amzn-RequestId': request.id,
  }
  return { status, headers, body: JSON.stringify(content) }
}
