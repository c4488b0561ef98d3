import { busNotFound } from '../../core/events/errors.ts'
import { type BusKey, defaultBus, type EventBus } from '../../core/events/rule.ts'
import type { RuleReader } from '../../stores/metadata/rules.ts'

/** When the buses that nobody creates began: they were always there. */
const always = new Date(0)

/**
 * A bus as it is; the default one is there without anybody creating it.
 *
 * @throws EventResourceNotFoundError
 */
export async function findBus(rules: RuleReader, key: BusKey): Promise<EventBus> {
  const found = await rules.bus(key)
  if (found !== undefined) return found
  if (key.name !== defaultBus) throw busNotFound(key.name)
  return { ...key, createdAt: always, changedAt: always }
}
