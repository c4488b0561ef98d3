import { updateJobKind } from '../../core/scanning/advisory-update.ts'
import type { Log } from '../../observability/log.ts'
import type { Registry } from '../../registry/registry.ts'
import type { JobKind } from '../job-kind.ts'

const day = 24 * 60 * 60 * 1000

/** Downloads the advisories of an ecosystem when it is asked to, and once a day from then on. */
export function updateAdvisoriesKind(registry: Registry, log: Log): JobKind {
  return {
    name: updateJobKind,
    async run({ key: ecosystem, signal, tell }) {
      const { updateAdvisories } = await import('../../registry/scans/update-advisories.ts')
      const { done, changed } = await updateAdvisories(registry, ecosystem, { signal, tell })
      tell({ step: 'done', done, of: done, changed })
      log.info({ ecosystem, advisories: done, changed }, 'Advisories were updated')
      return new Date(registry.now().getTime() + day)
    },
  }
}
