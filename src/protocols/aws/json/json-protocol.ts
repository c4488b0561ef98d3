import type { HttpResponse } from '../../http/exchange.ts'
import type { AwsRequest } from '../aws-request.ts'
import type { Fault } from '../fault.ts'
import type { Protocol } from '../protocol.ts'
import { findOffer, type OfferedService } from '../served-service.ts'
import type { Target } from '../target.ts'
import { isRoot, unknownOperation, unknownPath } from '../unknown-operation.ts'
import { jsonRefusals } from './json-refusals.ts'
import { writeJsonFault, writeJsonOutput } from './json-reply.ts'
import { jsonTarget } from './json-target.ts'

/**
 * AWS's JSON protocol: a POST to `/` whose `X-Amz-Target` names service and operation.
 *
 * @see Smithy, "AWS JSON 1.1 protocol"
 */
export const jsonProtocol: Protocol = {
  refusals: jsonRefusals,
  internal: { code: 'ServerException', status: 500 },
  codeOf: ({ code }) => code,

  async dispatch(request, services) {
    const target = request.headers.one('x-amz-target')
    if (request.method !== 'POST' || !isRoot(request) || target === undefined) throw unknownPath(request)
    return findTarget(target, request, services)
  },

  writeOutput: (request, target, output) => writeJsonOutput(request, contentType(target), target, output),
  writeFault: (request, target, fault) => {
    const response = writeJsonFault(request, contentType(target), fault)
    return target?.served.model.answersQuery ? withQueryError(response, fault) : response
  },
}

async function findTarget(
  text: string,
  request: AwsRequest,
  services: readonly OfferedService[],
): Promise<Target> {
  const [prefix = '', ...rest] = text.split('.')
  const name = rest.join('.')
  const service = services.find(({ known }) => known.target === prefix)
  const served = await service?.open()
  const offered = served && findOffer(served, name)
  if (!offered) throw unknownOperation(name, served?.model.name ?? prefix)
  return jsonTarget(offered, request)
}

function contentType(target: Target | undefined): string {
  return `application/x-amz-json-${target?.served.model.jsonVersion ?? '1.1'}`
}

/** Programs that were written for a service's Query answers go by the codes of that time. @see Smithy, "awsQueryCompatible trait" */
function withQueryError(response: HttpResponse, { code, queryCode = code, status }: Fault): HttpResponse {
  const error = `${queryCode};${status < 500 ? 'Sender' : 'Receiver'}`
  return { ...response, headers: { ...response.headers, 'x-amzn-query-error': error } }
}
