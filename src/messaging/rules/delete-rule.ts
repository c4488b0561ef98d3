import { EventsValidationError } from '../../core/events/errors.ts'
import { type RuleKey, ruleArn } from '../../core/events/rule.ts'
import type { Messaging } from '../messaging.ts'
import { findBus } from './find-bus.ts'

/**
 * Deletes a rule that has no targets; one that isn't there is deleted already.
 *
 * @throws EventsValidationError, EventResourceNotFoundError for its bus
 */
export async function deleteRule({ metadata }: Messaging, key: RuleKey): Promise<void> {
  await metadata.write(async (tx) => {
    await findBus(tx.rules, { ...key, name: key.bus })
    if ((await tx.rules.targets(key)).length > 0) {
      throw new EventsValidationError("Rule can't be deleted since it has targets.")
    }
    await tx.rules.delete(key)
    await tx.arnTags.clear(ruleArn(key))
  })
}
