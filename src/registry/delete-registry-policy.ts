import { registryPolicyChanged } from '../core/events/policy-changed.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import { RegistryPolicyNotFoundError } from '../core/policies/errors.ts'
import { changeRegistry } from './change-registry.ts'
import { emitEvents } from './emit-events.ts'
import type { Registry } from './registry.ts'

/** Takes a registry's policy out of force and resolves to its text. @throws RegistryPolicyNotFoundError */
export function deleteRegistryPolicy(registry: Registry, key: RegistryKey): Promise<string> {
  return changeRegistry(registry, key, async (tx) => {
    const text = await tx.resourcePolicies.deleteOfRegistry(key)
    if (text === undefined) throw new RegistryPolicyNotFoundError(key)
    await emitEvents(tx, registry, [registryPolicyChanged(key, 'DELETE')])
    return text
  })
}
