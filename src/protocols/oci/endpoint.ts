import type { Permission } from '../../access/permission.ts'
import type { Anonymous, Principal } from '../../access/principal.ts'
import type { Surroundings } from '../../access/surroundings.ts'
import { repositoryArn } from '../../core/names/arn.ts'
import type { RegistryKey, RepositoryKey } from '../../core/names/registry-key.ts'
import type { MissingContent } from '../../registry/add-image.ts'
import type { Registry } from '../../registry/registry.ts'
import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import type { Authorise } from '../permit.ts'

/** What endpoints work with. */
export interface OciContext {
  readonly registry: Registry
  /** What becomes of a manifest that lists content the repository doesn't have. */
  readonly missingContent: MissingContent
  readonly authorise: Authorise
}

/** A request for one registry, of a caller who has proved who they are or has no name at all. */
export interface RegistryRequest {
  readonly http: HttpRequest
  readonly caller: Principal | Anonymous
  readonly surroundings: Surroundings
  readonly registryKey: RegistryKey
  readonly query: URLSearchParams
}

/** A request for one repository; `argument` is the path's reference, digest or upload id, as it came. */
export interface RepositoryRequest extends RegistryRequest {
  readonly repository: RepositoryKey
  readonly argument: string
}

/** One method on one kind of path: what the caller needs to be allowed, and what it does. */
export interface Endpoint<Request extends RegistryRequest> {
  readonly permissions: (request: Request) => readonly Permission[]
  /** @throws DomainError or OciError for what is refused */
  answer(request: Request, context: OciContext): Promise<HttpResponse>
}

export type RegistryEndpoint = Endpoint<RegistryRequest>
export type RepositoryEndpoint = Endpoint<RepositoryRequest>

type EcrAction = `ecr:${string}`

/**
 * Declares an endpoint that needs each of these rights on the repository it names.
 *
 * @see Amazon ECR user guide, "IAM permissions for pushing and pulling images"
 */
export function onRepository(...actions: readonly EcrAction[]): RepositoryEndpoint['permissions'] {
  return ({ repository }) => actions.map((action) => repositoryPermission(action, repository))
}

/** The right to do something to one repository. */
export function repositoryPermission(action: EcrAction, repository: RepositoryKey): Permission {
  return { action, resource: repositoryArn(repository), owner: repository.account, within: repository }
}
