import { readNames } from './name-list.ts'

/** A rule as it is put together in the form. */
export interface RuleForm {
  readonly images: 'untagged' | 'tagged' | 'any'
  /** Patterns such as `v*`, for tagged images. */
  readonly patterns: string
  readonly count: 'days' | 'number'
  readonly countNumber: string
}

/** Adds a rule to a policy's text, after all that it has. @throws SyntaxError where the text isn't JSON */
export function addRule(policy: string, { images, patterns, count, countNumber }: RuleForm): string {
  const parsed: { rules?: { rulePriority?: number }[] } = policy.trim() === '' ? {} : JSON.parse(policy)
  const rules = parsed.rules ?? []
  const rulePriority = Math.max(0, ...rules.map((rule) => rule.rulePriority ?? 0)) + 1
  const tagPatternList = readNames(patterns)
  const selection = {
    tagStatus: images,
    ...(images === 'tagged' && { tagPatternList: tagPatternList.length > 0 ? tagPatternList : ['*'] }),
    ...(count === 'days'
      ? { countType: 'sinceImagePushed', countUnit: 'days' }
      : { countType: 'imageCountMoreThan' }),
    countNumber: Number(countNumber),
  }
  const rule = { rulePriority, selection, action: { type: 'expire' } }
  return JSON.stringify({ ...parsed, rules: [...rules, rule] }, undefined, 2)
}
