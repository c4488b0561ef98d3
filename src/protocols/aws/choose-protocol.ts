import { berthPrefix } from '../../services/berth/berth-prefix.ts'
import type { AwsRequest } from './aws-request.ts'
import { jsonProtocol } from './json/json-protocol.ts'
import { pathProtocol } from './json/path-protocol.ts'
import type { Protocol } from './protocol.ts'
import { queryProtocol } from './query/query-protocol.ts'

/**
 * Tells the protocol a client speaks: Berth's own by its path, JSON when it names a target, Query when it sends a form or an
 * `Action`. Anything else hears in JSON that nothing answers it.
 */
export function chooseProtocol({ path, headers, queryString }: AwsRequest): Protocol {
  if (path.startsWith(berthPrefix)) return pathProtocol
  if (headers.has('x-amz-target')) return jsonProtocol
  const sendsForm = headers
    .all('content-type')
    .some((type) => type.startsWith('application/x-www-form-urlencoded'))
  return sendsForm || /(^|&)Action=/.test(queryString) ? queryProtocol : jsonProtocol
}
