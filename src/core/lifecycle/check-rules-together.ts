import { invalidPolicy } from './invalid-policy.ts'
import type { LifecycleRule } from './policy.ts'

/**
 * What the rules of one policy may not do to each other. Within a storage class: one rule at the most for untagged images, one for
 * any image, which comes last, and no two with the same tags.
 *
 * @param rules by ascending priority
 * @throws InvalidParameterError
 * @see Amazon ECR user guide, "Lifecycle policy properties", rule priority and tag status
 */
export function checkRulesTogether(rules: readonly LifecycleRule[]): void {
  if (hasRepeated(rules.map(({ priority }) => `${priority}`))) {
    throw invalidPolicy('Rule priorities must be unique.')
  }
  for (const storage of ['standard', 'archive'] as const) {
    checkStorageClass(rules.filter((rule) => rule.storage === storage))
  }
}

function checkStorageClass(rules: readonly LifecycleRule[]): void {
  if (rules.filter(({ tags }) => tags.status === 'untagged').length > 1) {
    throw invalidPolicy('Only one rule can select Untagged images per storage class')
  }
  if (rules.slice(0, -1).some(({ tags }) => tags.status === 'any')) {
    throw invalidPolicy('Rule for tagStatus=ANY must have the lowest priority per storage class')
  }
  if (hasRepeated(rules.flatMap(tagList))) throw invalidPolicy('Tag prefix lists must be unique.')
}

/** One text for each set of tags, whatever the order it is written in; none for a rule without. */
function tagList({ tags }: LifecycleRule): string[] {
  if (tags.status !== 'tagged') return []
  const [kind, texts] = 'prefixes' in tags ? ['prefixes', tags.prefixes] : ['patterns', tags.patterns]
  return [JSON.stringify([kind, ...[...new Set(texts)].sort()])]
}

function hasRepeated(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length
}
