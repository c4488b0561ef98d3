import { InvalidParameterError } from '../../core/errors.ts'
import { parseRepositoryName, type RepositoryName } from '../../core/names/repository-name.ts'
import { abridge } from '../../observability/abridge.ts'
import type { HttpResponse } from '../http/exchange.ts'
import { permit } from '../permit.ts'
import type { Endpoint, OciContext, RegistryRequest } from './endpoint.ts'
import { type Methods, registryEndpoints, repositoryEndpoints } from './endpoints.ts'
import { OciError } from './refusal.ts'
import { noSuchMethod } from './refusals.ts'
import { readRoute } from './route.ts'
import { routeTemplates } from './route-templates.ts'

/**
 * Finds the endpoint for a request, asks for every right it needs, and runs it.
 *
 * @throws OciError for a path, method or repository name that doesn't exist here
 * @throws AccessDeniedError for a right the caller lacks
 * @throws DomainError what the endpoint refuses
 */
export async function dispatch(request: RegistryRequest, context: OciContext): Promise<HttpResponse> {
  const route = readRoute(request.http.url)
  request.http.notes.route = routeTemplates[route.scope === 'nowhere' ? 'nowhere' : route.resource]
  if (route.scope === 'nowhere') throw noSuchPath()
  if (route.scope === 'registry') return run(registryEndpoints[route.resource], request, context)
  const methods = repositoryEndpoints[route.resource]
  const repository = { ...request.registryKey, name: readName(route.name) }
  return run(methods, { ...request, repository, argument: route.argument }, context)
}

async function run<Request extends RegistryRequest>(
  methods: Methods<Endpoint<Request>>,
  request: Request,
  context: OciContext,
): Promise<HttpResponse> {
  const endpoint = methods.get(request.http.method)
  if (endpoint === undefined) throw new OciError(noSuchMethod(request.http.method, methods.keys()))
  const { http, caller: who, surroundings } = request
  const { notes } = http
  await permit(endpoint.permissions(request), { who, surroundings, notes, authorise: context.authorise })
  if (notes.isChange) notes.parameters = parametersOf(request)
  return endpoint.answer(request, context)
}

/** What the path and the query say; no right to anything is in there. */
function parametersOf(request: RegistryRequest & { readonly argument?: string }): unknown {
  return abridge({ argument: request.argument || undefined, ...Object.fromEntries(request.query) })
}

/** No repository can have such a name, and pulling from one that doesn't exist must be answered 404 (distribution spec, "Push"). */
function readName(text: string): RepositoryName {
  try {
    return parseRepositoryName(text)
  } catch (error) {
    if (!(error instanceof InvalidParameterError)) throw error
    throw new OciError({ status: 404, code: 'NAME_INVALID', message: error.message })
  }
}

function noSuchPath(): OciError {
  return new OciError({ status: 404, code: 'UNSUPPORTED', message: 'The registry has no such endpoint' })
}
