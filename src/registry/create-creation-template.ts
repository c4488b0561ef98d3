import { LimitExceededError } from '../core/errors.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import type { CreationTemplate, TemplateSettings } from '../core/repositories/creation-template.ts'
import { TemplateAlreadyExistsError } from '../core/repositories/errors.ts'
import { checkTemplate } from './check-template.ts'
import type { Registry } from './registry.ts'

/**
 * Adds a template for the repositories of a registry that Berth makes by itself; those that exist stay as they are.
 *
 * @throws TemplateAlreadyExistsError, LimitExceededError, and as checkTemplate does
 */
export async function createCreationTemplate(
  registry: Registry,
  key: RegistryKey,
  wanted: TemplateSettings & { readonly prefix: string },
): Promise<CreationTemplate> {
  const now = registry.now()
  const template = { ...checkTemplate(wanted), prefix: wanted.prefix, createdAt: now, updatedAt: now }
  await registry.metadata.write(async (tx) => {
    if (!(await tx.creationTemplates.add(key, template))) throw new TemplateAlreadyExistsError()
    const { creationTemplates: quota } = registry.quotas
    if ((await tx.creationTemplates.count(key)) > quota) {
      throw new LimitExceededError(
        `The limit of ${quota} repository creation templates is reached in the registry with id '${key.account}' in ${key.region}`,
      )
    }
  })
  return template
}
