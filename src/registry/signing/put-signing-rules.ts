import type { RegistryKey } from '../../core/names/registry-key.ts'
import { checkSigningRules, type SigningRule } from '../../core/signing/signing-rules.ts'
import type { Registry } from '../registry.ts'

/**
 * Puts the signing rules of a registry in the place of those before: for what is pushed from now on.
 *
 * @throws InvalidParameterError at `signingConfiguration`
 */
export async function putSigningRules(
  { metadata }: Registry,
  registry: RegistryKey,
  rules: readonly SigningRule[],
): Promise<void> {
  checkSigningRules(registry, rules)
  await metadata.write((tx) => tx.signing.putRules(registry, rules))
}
