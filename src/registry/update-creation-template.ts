import type { RegistryKey } from '../core/names/registry-key.ts'
import type { CreationTemplate, TemplateSettings } from '../core/repositories/creation-template.ts'
import { TemplateNotFoundError } from '../core/repositories/errors.ts'
import { checkTemplate } from './check-template.ts'
import type { Registry } from './registry.ts'

/**
 * Changes a template for repositories that are made from now on. `change` makes the new settings from those in force; it may be
 * asked again.
 *
 * @throws TemplateNotFoundError, and as checkTemplate and `change` do
 */
export function updateCreationTemplate(
  registry: Registry,
  key: RegistryKey,
  prefix: string,
  change: (settings: TemplateSettings) => TemplateSettings,
): Promise<CreationTemplate> {
  return registry.metadata.write(async (tx) => {
    const existing = await tx.creationTemplates.lock(key, prefix)
    if (existing === undefined) throw new TemplateNotFoundError()
    const template = { ...existing, ...checkTemplate(change(existing)), updatedAt: registry.now() }
    await tx.creationTemplates.replace(key, template)
    return template
  })
}
