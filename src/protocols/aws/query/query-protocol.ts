import { isQueuePath } from '../../../services/sqs/queue-path.ts'
import type { AwsRequest } from '../aws-request.ts'
import type { Protocol } from '../protocol.ts'
import { type Parameter, parseParameters } from '../query-string.ts'
import { RefusalError } from '../refusal.ts'
import { findOffer, type Offer, type OfferedService } from '../served-service.ts'
import { isRoot, unknownOperation, unknownPath } from '../unknown-operation.ts'
import { decodeUtf8 } from '../utf8.ts'
import { growTree, type ParameterTree } from './parameter-tree.ts'
import { queryRefusals } from './query-refusals.ts'
import { writeQueryFault, writeQueryOutput } from './query-reply.ts'
import { readQuery } from './read-query.ts'
import { scopeHint } from './scope-hint.ts'

/** A form says only in its body which service it is for; until then it may have this many bytes. */
const formLimit = 2 ** 20

/**
 * AWS's Query protocol: a form posted to `/`, or to a queue's URL, or the parameters of a GET, whose `Action` and `Version` name operation and
 * service.
 *
 * @see Smithy, "AWS Query protocol"
 */
export const queryProtocol: Protocol = {
  refusals: queryRefusals,
  internal: { code: 'InternalFailure', status: 500 },
  codeOf: ({ queryCode }) => queryCode,

  async dispatch(request, services) {
    const isForQueue = isQueuePath(request.path)
    const isKnownPath = isRoot(request) || isForQueue
    if (!isKnownPath || !['GET', 'POST'].includes(request.method)) throw unknownPath(request)
    const form = await request.readBody(formLimit)
    const parameters = form.length > 0 ? parseParameters(decodeUtf8(form)) : request.query
    const tree = growTree(isForQueue ? withQueue(parameters, request) : parameters)
    const offer = await findOffered(tree, request, services)
    return { ...offer, readBody: async () => form, readInput: () => readQuery(offer.operation.input, tree) }
  },

  writeOutput: writeQueryOutput,
  writeFault: writeQueryFault,
}

/** What is posted to a queue is about it, even if it doesn't say so once more. */
function withQueue(parameters: readonly Parameter[], { endpoint, path }: AwsRequest): readonly Parameter[] {
  const isSaid = parameters.some(([name]) => name === 'QueueUrl')
  return isSaid ? parameters : [...parameters, ['QueueUrl', `${endpoint}${path}`]]
}

async function findOffered(
  tree: ParameterTree,
  request: AwsRequest,
  services: readonly OfferedService[],
): Promise<Offer> {
  const action = tree.children.get('Action')?.value
  const version = tree.children.get('Version')?.value
  if (!action) throw new RefusalError('missing-action', 'The request is missing its Action parameter')
  const served = await findService(version, request, services)?.open()
  const offered = served && findOffer(served, action)
  if (!offered) {
    const owner = served?.model.name ?? 'a service'
    throw unknownOperation(action, `${owner} in version ${version ?? '(none given)'}`)
  }
  return offered
}

/** The version alone tells the services apart; without one, the credential scope does. */
function findService(
  version: string | undefined,
  request: AwsRequest,
  services: readonly OfferedService[],
): OfferedService | undefined {
  const candidates = services.filter(({ known }) => known.version !== undefined)
  if (version !== undefined) return candidates.find(({ known }) => known.version === version)
  const name = scopeHint(request)
  return candidates.find(({ known }) => known.name === name)
}
