import { berthPrefix } from '../../../services/berth/berth-prefix.ts'
import type { Protocol } from '../protocol.ts'
import { findOffer } from '../served-service.ts'
import { unknownOperation, unknownPath } from '../unknown-operation.ts'
import { jsonRefusals } from './json-refusals.ts'
import { writeJsonFault, writeJsonOutput } from './json-reply.ts'
import { jsonTarget } from './json-target.ts'

const contentType = 'application/json'

/**
 * The protocol of what Berth offers beyond AWS: a POST with a JSON body to `/berth/v1/<Operation>`. All else is as in AWS's JSON
 * protocol: the signature (for the service `berth`), epoch seconds, base64, request ids, errors and their names.
 */
export const pathProtocol: Protocol = {
  refusals: jsonRefusals,
  internal: { code: 'ServerException', status: 500 },
  codeOf: ({ code }) => code,

  async dispatch(request, services) {
    if (request.method !== 'POST') throw unknownPath(request)
    const name = request.path.slice(berthPrefix.length)
    const served = await services.find(({ known }) => known.name === 'berth')?.open()
    const offered = served && findOffer(served, name)
    if (!offered) throw unknownOperation(name, 'berth')
    return jsonTarget(offered, request)
  },

  writeOutput: (request, target, output) => writeJsonOutput(request, contentType, target, output),
  writeFault: (request, _target, fault) => writeJsonFault(request, contentType, fault),
}
