import { historyLimits } from '../history-limits.ts'
import { type Sweep, stretchRows } from './sweep.ts'

/**
 * Forgets deleted images and changes of tags that are older than the grace period, and of each repository what is beyond the
 * limits, so that what only they needed is garbage from here on.
 */
export async function expireHistory({ registry: { metadata }, before, rest }: Sweep): Promise<void> {
  const expire = () => metadata.write((tx) => tx.history.expire(before, stretchRows))
  const trim = () => metadata.write((tx) => tx.history.trim(historyLimits, stretchRows))
  for (const forget of [expire, trim]) {
    while ((await forget()) > 0) await rest()
  }
}
