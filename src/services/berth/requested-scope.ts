import type { Permission } from '../../access/permission.ts'
import { parseDigest } from '../../core/names/digest.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import type { AcceptanceScope } from '../../core/scanning/acceptance.ts'
import type { Call } from '../service.ts'
import { onRegistry, onRepository } from './permissions.ts'

/** The members that say which findings are accepted. */
export interface ScopeRequest {
  readonly vulnerabilityName: string
  readonly repositoryName?: string | undefined
  readonly imageDigest?: string | undefined
  readonly packageName?: string | undefined
}

/** @throws InvalidParameterError at `repositoryName` or `imageDigest` */
export function requestedScope({
  vulnerabilityName,
  repositoryName,
  imageDigest,
  packageName,
}: ScopeRequest): AcceptanceScope {
  return {
    vulnerability: vulnerabilityName,
    repository: repositoryName === undefined ? undefined : parseRepositoryName(repositoryName),
    digest: imageDigest === undefined ? undefined : parseDigest(imageDigest),
    packageName,
  }
}

/** Declares an action on the repository that the request names, or on the whole registry where it names none. */
export function onScope(
  action: `berth:${string}`,
): (request: { readonly repositoryName?: string | undefined }, call: Call) => readonly Permission[] {
  return (request, call) => {
    const { repositoryName } = request
    return repositoryName === undefined
      ? onRegistry(action)(request, call)
      : onRepository(action)({ repositoryName }, call)
  }
}
