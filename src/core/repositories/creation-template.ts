import type { Encryption, TagMutabilitySetting } from './repository.ts'

/** What Berth makes a repository for when nobody called CreateRepository; in ECR's words. */
export type CreationPurpose = 'PULL_THROUGH_CACHE' | 'REPLICATION' | 'CREATE_ON_PUSH'

const purposes: ReadonlySet<string> = new Set<CreationPurpose>([
  'PULL_THROUGH_CACHE',
  'REPLICATION',
  'CREATE_ON_PUSH',
])

export function isCreationPurpose(text: string): text is CreationPurpose {
  return purposes.has(text)
}

/** What a repository is like that Berth makes by itself. */
export interface TemplateSettings {
  readonly description?: string | undefined
  readonly appliedFor: readonly CreationPurpose[]
  readonly tagMutability: TagMutabilitySetting
  readonly encryption: Encryption
  readonly resourceTags: ReadonlyMap<string, string>
  readonly repositoryPolicy?: string | undefined
  readonly lifecyclePolicy?: string | undefined
  readonly customRoleArn?: string | undefined
}

/** @see Amazon ECR user guide, "Templates to control repositories created during a pull through cache, create on push, or replication action" */
export interface CreationTemplate extends TemplateSettings {
  /** As it was given: `prod`, `prod/` or `ROOT`. */
  readonly prefix: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a repository is like that no template is for: ECR's defaults. */
export const defaultSettings: Omit<TemplateSettings, 'appliedFor'> = {
  tagMutability: { mode: 'MUTABLE', exclusions: [] },
  encryption: { type: 'AES256' },
  resourceTags: new Map(),
}

/**
 * The template for a repository: of those whose prefix fits, the longest first, the first that is for this purpose.
 *
 * @see Amazon ECR user guide, "Repository creation templates": the template with the longest prefix wins, ROOT is for the rest
 */
export function chooseTemplate(
  longestFirst: readonly CreationTemplate[],
  purpose: CreationPurpose,
): CreationTemplate | undefined {
  return longestFirst.find(({ appliedFor }) => appliedFor.includes(purpose))
}
