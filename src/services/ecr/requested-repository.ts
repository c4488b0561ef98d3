import { parseAccountId } from '../../core/names/account-id.ts'
import type { RegistryKey, RepositoryKey } from '../../core/names/registry-key.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import type { Call } from '../service.ts'

/** The members that name a registry in most requests. */
export interface RegistryRequest {
  readonly registryId?: string | undefined
}

/** The members that name a repository in most requests. */
export interface RepositoryRequest extends RegistryRequest {
  readonly repositoryName: string
}

/**
 * The registry a request means: that of the account in `registryId`, or the caller's own, in the region of the call.
 *
 * @throws InvalidParameterError at `registryId`
 */
export function requestedRegistry({ registryId }: RegistryRequest, { registry }: Call): RegistryKey {
  return registryId === undefined ? registry : { ...registry, account: parseAccountId(registryId) }
}

/** @throws InvalidParameterError at `registryId` or `repositoryName` */
export function requestedRepository(request: RepositoryRequest, call: Call): RepositoryKey {
  return { ...requestedRegistry(request, call), name: parseRepositoryName(request.repositoryName) }
}
