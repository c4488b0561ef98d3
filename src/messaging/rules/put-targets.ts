import { mistakeInInput } from '../../core/event-input/check-input.ts'
import { EventLimitExceededError, EventsValidationError, ruleNotFound } from '../../core/events/errors.ts'
import type { RuleKey } from '../../core/events/rule.ts'
import type { EventTarget } from '../../core/events/target.ts'
import { parseQueueArn } from '../../core/queues/queue.ts'
import type { Messaging } from '../messaging.ts'
import { findBus } from './find-bus.ts'
import { targetKindOf } from './target-kind.ts'

/** @see Amazon EventBridge user guide, "Amazon EventBridge quotas" */
const targetsPerRule = 5

/** A target that wasn't taken, and why. */
export interface FailedTarget {
  readonly TargetId: string
  readonly ErrorCode: string
  readonly ErrorMessage: string
}

/**
 * Adds targets to a rule, or takes the places of those with the same ids. Those that name nothing a rule can send to are answered one
 * by one; any other mistake refuses them all.
 *
 * @throws EventsValidationError, EventLimitExceededError, EventResourceNotFoundError
 */
export async function putTargets(
  { metadata }: Messaging,
  key: RuleKey,
  targets: readonly EventTarget[],
): Promise<FailedTarget[]> {
  for (const target of targets) {
    const mistake = mistakeInInput(target) ?? missingOf(target)
    if (mistake !== undefined) throw new EventsValidationError(mistake)
    const deadLetters = target.DeadLetterConfig?.Arn
    if (deadLetters !== undefined && parseQueueArn(deadLetters) === undefined) {
      throw new EventsValidationError(
        `Parameter DeadLetterConfig.Arn is not valid. Reason: ${deadLetters} is no ARN of a standard SQS queue.`,
      )
    }
  }
  const taken = targets.filter((target) => targetKindOf(target.Arn) !== undefined)
  await metadata.write(async (tx) => {
    await findBus(tx.rules, { ...key, name: key.bus })
    if ((await tx.rules.find(key)) === undefined) throw ruleNotFound(key)
    await tx.rules.putTargets(key, taken)
    if ((await tx.rules.targets(key)).length > targetsPerRule) throw new EventLimitExceededError()
  })
  return targets.filter((target) => !taken.includes(target)).map(failed)
}

/** What a target of its kind lacks. */
function missingOf({ Id: id, Arn: arn, RoleArn: role, EcsParameters: ecs }: EventTarget): string | undefined {
  if (targetKindOf(arn) !== 'cluster') return undefined
  if (role === undefined) return `RoleArn is required for target ${arn}.`
  return ecs === undefined ? `Parameter(s) EcsParameters must be specified for target: ${id}.` : undefined
}

function failed({ Id: id, Arn: arn }: EventTarget): FailedTarget {
  return {
    TargetId: id,
    ErrorCode: 'ValidationException',
    ErrorMessage: `Parameter ${arn} is not valid. Reason: Provided Arn is not in correct format.`,
  }
}

/** Takes targets from a rule; ids that it doesn't have are passed over. @throws EventResourceNotFoundError */
export async function removeTargets(
  { metadata }: Messaging,
  key: RuleKey,
  ids: readonly string[],
): Promise<void> {
  await metadata.write(async (tx) => {
    await findBus(tx.rules, { ...key, name: key.bus })
    if ((await tx.rules.find(key)) === undefined) throw ruleNotFound(key)
    await tx.rules.removeTargets(key, ids)
  })
}
