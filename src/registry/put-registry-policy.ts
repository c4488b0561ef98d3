import { registryPolicyChanged } from '../core/events/policy-changed.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import { parseRegistryPolicy } from '../core/policies/registry-policy.ts'
import { accountSettings } from '../core/registries/account-settings.ts'
import { changeRegistry } from './change-registry.ts'
import { emitEvents } from './emit-events.ts'
import type { Registry } from './registry.ts'

/**
 * Puts a registry's policy in the place of the one before and resolves to its text as it is kept.
 *
 * @throws InvalidParameterError at `PolicyText`, also for an action that the registry's policy scope doesn't know
 */
export function putRegistryPolicy(registry: Registry, key: RegistryKey, policyText: string): Promise<string> {
  return changeRegistry(registry, key, async (tx) => {
    const settings = accountSettings(await tx.accountSettings.of(key))
    const { text } = parseRegistryPolicy(policyText, settings.REGISTRY_POLICY_SCOPE)
    await tx.resourcePolicies.putOfRegistry(key, text)
    await emitEvents(tx, registry, [registryPolicyChanged(key, 'PUT')])
    return text
  })
}
