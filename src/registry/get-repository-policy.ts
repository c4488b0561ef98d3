import type { RepositoryKey } from '../core/names/registry-key.ts'
import { RepositoryPolicyNotFoundError } from '../core/policies/errors.ts'
import { findRepository } from './find-repository.ts'
import type { Registry } from './registry.ts'

/** The text of a repository's policy. @throws RepositoryNotFoundError, RepositoryPolicyNotFoundError */
export async function getRepositoryPolicy(registry: Registry, key: RepositoryKey): Promise<string> {
  const { id } = await findRepository(registry, key)
  const text = await registry.metadata.resourcePolicies.ofRepository(id)
  if (text === undefined) throw new RepositoryPolicyNotFoundError(key)
  return text
}
