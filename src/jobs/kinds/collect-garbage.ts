import { setTimeout as wait } from 'node:timers/promises'
import { garbageJob } from '../../core/work/job-names.ts'
import type { Log } from '../../observability/log.ts'
import { collectGarbage } from '../../registry/collect-garbage.ts'
import type { Registry } from '../../registry/registry.ts'
import type { JobKind } from '../job-kind.ts'
import { Pace } from '../pace.ts'

const hour = 60 * 60 * 1000

/** Removes garbage once an hour, and when it is asked to. */
export function collectGarbageKind(registry: Registry, log: Log): JobKind {
  return {
    name: garbageJob.kind,
    every: hour,
    async run({ signal, tell }) {
      const onFailure = (err: unknown, facts: object) =>
        log.error({ err, ...facts }, 'A blob could not be removed; it is tried again')
      const pace = new Pace({ now: () => performance.now(), wait })
      const rest = () => pace.rest()
      const tally = await collectGarbage(registry, { signal, tell, rest, onFailure })
      const found = Object.values(tally).some((count) => count > 0)
      log[found ? 'info' : 'debug'](tally, 'Garbage was collected')
      return undefined
    },
  }
}
