import { ruleNotFound } from '../../core/events/errors.ts'
import type { RuleKey, RuleState } from '../../core/events/rule.ts'
import type { Messaging } from '../messaging.ts'
import { findBus } from './find-bus.ts'
import { runAtItsTimes } from './put-rule.ts'

/** Lets a rule work, or stops it. @throws EventResourceNotFoundError */
export async function setRuleState(
  { metadata, now }: Messaging,
  key: RuleKey,
  state: RuleState,
): Promise<void> {
  await metadata.write(async (tx) => {
    await findBus(tx.rules, { ...key, name: key.bus })
    const rule = await tx.rules.find(key)
    if (rule === undefined) throw ruleNotFound(key)
    const changed = { ...rule, state }
    await tx.rules.put(changed)
    await runAtItsTimes(tx, changed, now())
  })
}
