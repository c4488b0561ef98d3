import type { RegistryKey } from '../core/names/registry-key.ts'
import { RegistryPolicyNotFoundError } from '../core/policies/errors.ts'
import type { Registry } from './registry.ts'

/** The text of a registry's policy. @throws RegistryPolicyNotFoundError */
export async function getRegistryPolicy({ metadata }: Registry, key: RegistryKey): Promise<string> {
  const text = await metadata.resourcePolicies.ofRegistry(key)
  if (text === undefined) throw new RegistryPolicyNotFoundError(key)
  return text
}
