import { setTimeout as wait } from 'node:timers/promises'
import { lifecycleJobKind, readLifecycleJob } from '../../core/lifecycle/lifecycle-jobs.ts'
import type { Log } from '../../observability/log.ts'
import type { Registry } from '../../registry/registry.ts'
import { runLifecycle } from '../../registry/run-lifecycle.ts'
import type { JobKind } from '../job-kind.ts'
import { Pace } from '../pace.ts'

/** A policy is evaluated at least so often, in milliseconds, whatever happens. */
const day = 24 * 60 * 60 * 1000

/** Does what lifecycle policies say: when a policy is put, when images change, and at the moment an image comes of age. */
export function runLifecycleKind(registry: Registry, log: Log): JobKind {
  return {
    name: lifecycleJobKind,
    atOnce: 4,
    async run({ key, signal }) {
      const repository = readLifecycleJob(key)
      const pace = new Pace({ now: () => performance.now(), wait })
      const rhythm = { signal, rest: () => pace.rest() }
      const { deleted, archived, isInForce, dueAt } = await runLifecycle(registry, repository, rhythm)
      if (deleted + archived > 0) {
        log.info({ repository: key, deleted, archived }, 'A lifecycle policy has deleted or archived images')
      }
      const tomorrow = new Date(registry.now().getTime() + day)
      if (!isInForce) return undefined
      return dueAt !== undefined && dueAt < tomorrow ? dueAt : tomorrow
    },
  }
}
