import { checkCombination } from './check-combination.ts'
import { invalidPolicy } from './invalid-policy.ts'
import type { Count, LifecycleAction, LifecycleRule, SinceType, TagSelection } from './policy.ts'
import type { PolicyLanguage } from './policy-schema.ts'

/** A rule as it stands in the text, its shape checked. */
export interface RuleDocument {
  readonly rulePriority: number
  readonly description?: string
  readonly selection: SelectionDocument
  readonly action: ActionDocument
}

export interface SelectionDocument {
  readonly tagStatus: 'tagged' | 'untagged' | 'any'
  readonly tagPatternList?: readonly string[]
  readonly tagPrefixList?: readonly string[]
  readonly storageClass?: 'standard' | 'archive'
  readonly countType: Count['type']
  readonly countUnit?: 'days'
  readonly countNumber: number
}

export interface ActionDocument {
  readonly type: 'expire' | 'transition' | 'keep'
  readonly targetStorageClass?: 'archive'
}

const maxStars = 4

/** Reads one rule. @throws InvalidParameterError for members that don't go together */
export function readRule(rule: RuleDocument, language: PolicyLanguage): LifecycleRule {
  const { selection, action } = rule
  checkCombination(selection, action, language)
  return {
    priority: rule.rulePriority,
    ...(rule.description !== undefined && { description: rule.description }),
    tags: readTags(selection),
    storage: selection.storageClass ?? 'standard',
    count: readCount(selection),
    action: actions[action.type],
  }
}

const actions = { expire: 'expire', transition: 'archive', keep: 'keep' } satisfies Record<
  ActionDocument['type'],
  LifecycleAction
>

function readTags({ tagStatus, tagPrefixList, tagPatternList }: SelectionDocument): TagSelection {
  const lists = [tagPrefixList, tagPatternList].filter((list) => list !== undefined)
  if (tagStatus !== 'tagged') {
    if (lists.length === 0) return { status: tagStatus }
    const status = tagStatus.toUpperCase()
    throw invalidPolicy(`Cannot specify tagPrefixList or tagPatternList when tagStatus=${status}.`)
  }
  if (lists.length > 1) throw invalidPolicy('Cannot specify both tagPrefixList and tagPatternList.')
  if (tagPatternList !== undefined) return { status: 'tagged', patterns: checkPatterns(tagPatternList) }
  if (tagPrefixList !== undefined) return { status: 'tagged', prefixes: tagPrefixList }
  throw invalidPolicy('Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.')
}

function checkPatterns(patterns: readonly string[]): readonly string[] {
  if (patterns.some((pattern) => pattern.split('*').length - 1 > maxStars)) {
    throw invalidPolicy(`Pattern exceeds the maximum of ${maxStars} wildcards.`)
  }
  return patterns
}

function readCount({ countType, countNumber }: SelectionDocument): Count {
  if (countType === 'imageCountMoreThan') return { type: countType, number: countNumber }
  return { type: countType satisfies SinceType, days: countNumber }
}
