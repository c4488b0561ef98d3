import type { RegistryKey } from '../../core/names/registry-key.ts'
import { SigningConfigurationNotFoundError } from '../../core/signing/errors.ts'
import type { SigningRule } from '../../core/signing/signing-rules.ts'
import type { Registry } from '../registry.ts'

/** Takes a registry's signing configuration away, and resolves to what it was. @throws SigningConfigurationNotFoundError */
export function deleteSigningRules(
  { metadata }: Registry,
  registry: RegistryKey,
): Promise<readonly SigningRule[]> {
  return metadata.write(async (tx) => {
    const rules = await tx.signing.rules(registry)
    if (rules === undefined) throw new SigningConfigurationNotFoundError()
    await tx.signing.deleteRules(registry)
    return rules
  })
}
