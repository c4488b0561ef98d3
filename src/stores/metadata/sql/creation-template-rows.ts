import type { Selectable } from 'kysely'
import { prefixPath } from '../../../core/names/repository-prefix.ts'
import { type CreationTemplate, isCreationPurpose } from '../../../core/repositories/creation-template.ts'
import type { CreationTemplateTable } from '../schema/registry.ts'
import { readTexts } from './json-texts.ts'

export function toTemplate(row: Selectable<CreationTemplateTable>): CreationTemplate {
  return {
    prefix: row.prefix,
    description: row.description ?? undefined,
    appliedFor: readTexts(row.applied_for).filter(isCreationPurpose),
    tagMutability: {
      mode: row.tag_mutability,
      exclusions: readTexts(row.tag_mutability_exclusions),
    },
    encryption: { type: row.encryption_type, ...(row.kms_key !== null && { kmsKey: row.kms_key }) },
    resourceTags: toTags(readTexts(row.resource_tags)),
    repositoryPolicy: row.repository_policy ?? undefined,
    lifecyclePolicy: row.lifecycle_policy ?? undefined,
    customRoleArn: row.custom_role_arn ?? undefined,
    createdAt: new Date(row.created_at),
    updatedAt: new Date(row.updated_at),
  }
}

/** Everything but when it was created. */
export function toTemplateColumns(template: CreationTemplate) {
  const { tagMutability, encryption } = template
  return {
    path: prefixPath(template.prefix),
    prefix: template.prefix,
    description: template.description ?? null,
    applied_for: JSON.stringify(template.appliedFor),
    tag_mutability: tagMutability.mode,
    tag_mutability_exclusions: JSON.stringify(tagMutability.exclusions),
    encryption_type: encryption.type,
    kms_key: encryption.kmsKey ?? null,
    resource_tags: JSON.stringify([...template.resourceTags].flat()),
    repository_policy: template.repositoryPolicy ?? null,
    lifecycle_policy: template.lifecyclePolicy ?? null,
    custom_role_arn: template.customRoleArn ?? null,
    updated_at: template.updatedAt.getTime(),
  }
}

/** Keys and values take turns in the column. */
function toTags(texts: readonly string[]): ReadonlyMap<string, string> {
  const tags = new Map<string, string>()
  for (let at = 0; at + 1 < texts.length; at += 2) tags.set(texts[at] ?? '', texts[at + 1] ?? '')
  return tags
}
