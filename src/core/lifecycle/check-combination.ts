import { invalidPolicy } from './invalid-policy.ts'
import type { PolicyLanguage } from './policy-schema.ts'
import type { ActionDocument, SelectionDocument } from './read-rule.ts'

/** An image stays archived for at least so long: ECR bills the archive by that. */
const shortestArchive = 90

type CountType = SelectionDocument['countType']
type ActionType = ActionDocument['type']

const actionsOf: Readonly<Record<PolicyLanguage, Readonly<Record<CountType, readonly ActionType[]>>>> = {
  ecr: {
    imageCountMoreThan: ['expire', 'transition'],
    sinceImagePushed: ['expire', 'transition'],
    sinceImagePulled: ['transition'],
    sinceImageTransitioned: ['expire'],
  },
  berth: {
    imageCountMoreThan: ['expire', 'transition', 'keep'],
    sinceImagePushed: ['expire', 'transition', 'keep'],
    sinceImagePulled: ['expire', 'transition', 'keep'],
    sinceImageTransitioned: ['expire'],
  },
}

/**
 * Refuses members that don't go together: a count type with a unit, a storage class or an action it doesn't have, or a list of tags
 * without any.
 *
 * @throws InvalidParameterError
 * @see Amazon ECR user guide, "Lifecycle policy properties", count type, storage class and action
 */
export function checkCombination(
  selection: SelectionDocument,
  action: ActionDocument,
  language: PolicyLanguage,
): void {
  const { countType, countNumber } = selection
  const fits =
    hasRightUnit(selection) &&
    hasRightStorage(selection) &&
    hasRightTarget(action) &&
    !hasEmptyList(selection) &&
    actionsOf[language][countType].includes(action.type)
  if (!fits) throw invalidPolicy('instance failed to match exactly one schema (matched 0 out of 2)')
  if (countType === 'sinceImageTransitioned' && countNumber < shortestArchive) {
    throw invalidPolicy(
      `numeric instance is lower than the required minimum (minimum: ${shortestArchive}, found: ${countNumber})`,
    )
  }
}

function hasRightUnit({ countType, countUnit }: SelectionDocument): boolean {
  return (countType === 'imageCountMoreThan') === (countUnit === undefined)
}

function hasRightStorage({ countType, storageClass = 'standard' }: SelectionDocument): boolean {
  return (countType === 'sinceImageTransitioned') === (storageClass === 'archive')
}

function hasRightTarget({ type, targetStorageClass }: ActionDocument): boolean {
  return (type === 'transition') === (targetStorageClass !== undefined)
}

function hasEmptyList({ tagPrefixList, tagPatternList }: SelectionDocument): boolean {
  return tagPrefixList?.length === 0 || tagPatternList?.length === 0
}
