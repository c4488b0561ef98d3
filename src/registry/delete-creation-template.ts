import type { RegistryKey } from '../core/names/registry-key.ts'
import type { CreationTemplate } from '../core/repositories/creation-template.ts'
import { TemplateNotFoundError } from '../core/repositories/errors.ts'
import type { Registry } from './registry.ts'

/** Takes a template away and resolves to it; repositories that were made by it stay. @throws TemplateNotFoundError */
export function deleteCreationTemplate(
  { metadata }: Registry,
  key: RegistryKey,
  prefix: string,
): Promise<CreationTemplate> {
  return metadata.write(async (tx) => {
    const template = await tx.creationTemplates.lock(key, prefix)
    if (template === undefined) throw new TemplateNotFoundError()
    await tx.creationTemplates.delete(key, prefix)
    return template
  })
}
