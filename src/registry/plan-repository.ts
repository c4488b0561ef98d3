import type { RepositoryKey } from '../core/names/registry-key.ts'
import {
  type CreationPurpose,
  chooseTemplate,
  defaultSettings,
  type TemplateSettings,
} from '../core/repositories/creation-template.ts'
import type { Registry } from './registry.ts'

/** A repository that `makePlannedRepository` would make. */
export interface RepositoryPlan extends Omit<TemplateSettings, 'appliedFor'> {
  readonly key: RepositoryKey
  readonly purpose: CreationPurpose
  /** The prefix of the template it is made by; undefined when none is for it. */
  readonly template: string | undefined
}

/**
 * What a repository will be like that isn't there, and that Berth makes by itself on a push, a pull through the cache or a
 * replication: as the template for it says or, where none is for this purpose, with ECR's defaults. Undefined when the repository
 * is there, and for a push that no template is for: ECR makes none by its defaults then. Whether the caller may have it made is
 * for the caller's door to ask before it is made.
 *
 * @see Amazon ECR user guide, "Repository creation templates"
 */
export async function planRepository(
  { repositories, metadata }: Registry,
  purpose: CreationPurpose,
  key: RepositoryKey,
): Promise<RepositoryPlan | undefined> {
  const known = repositories.get(key) ?? (await repositories.load(key, () => metadata.repositories.find(key)))
  if (known !== undefined) return undefined
  const template = chooseTemplate(await metadata.creationTemplates.matching(key), purpose)
  if (template === undefined && purpose === 'CREATE_ON_PUSH') return undefined
  return { ...(template ?? defaultSettings), key, purpose, template: template?.prefix }
}
