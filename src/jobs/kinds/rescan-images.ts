import { setImmediate as requestsFirst } from 'node:timers/promises'
import { rescanJob } from '../../core/scanning/scan-jobs.ts'
import type { Log } from '../../observability/log.ts'
import type { Registry } from '../../registry/registry.ts'
import type { JobKind } from '../job-kind.ts'

const day = 24 * 60 * 60 * 1000

/** Looks again at images that are scanned continuously, after advisories have changed. */
export function rescanImagesKind(registry: Registry, log: Log): JobKind {
  return {
    name: rescanJob.kind,
    async run({ signal, tell }) {
      const { rescanImages } = await import('../../registry/scans/rescan-images.ts')
      const tally = await rescanImages(registry, { signal, tell, rest: requestsFirst })
      if (tally.images > 0) log.info(tally, 'Images were looked at again by newer advisories')
      // Another scanner's database changes by itself.
      return registry.scans.scanner === 'builtin' ? undefined : new Date(registry.now().getTime() + day)
    },
  }
}
