import { readScanJob, scanJobKind } from '../../core/scanning/scan-jobs.ts'
import type { Log } from '../../observability/log.ts'
import type { Registry } from '../../registry/registry.ts'
import type { JobKind } from '../job-kind.ts'

/** Scans images that were asked for, two at once: a scan waits for the disk and for a process of its own. */
export function scanImageKind(registry: Registry, log: Log): JobKind {
  let isolation: Promise<readonly string[]> | undefined
  return {
    name: scanJobKind,
    atOnce: 2,
    async run({ key, attempt, signal }) {
      const { repository, digest } = readScanJob(key)
      // Loaded with the first scan: a registry that scans nothing needs none of it.
      const [{ scanImage }, { readLayerApart }, { findNetworkIsolation }] = await Promise.all([
        import('../../registry/scans/scan-image.ts'),
        import('../../scanning/inventory/read-layer-apart.ts'),
        import('../../scanning/inventory/network-isolation.ts'),
      ])
      isolation ??= findNetworkIsolation()
      const withoutNetwork = { isolation: await isolation }
      const judgement = await scanImage(registry, repository, digest, {
        attempt,
        signal,
        readLayer: (layer, options) => readLayerApart(layer, { ...options, ...withoutNetwork }),
      })
      if (judgement === undefined) return undefined
      const { status, description, severityCounts } = judgement.end
      const facts = { repository: repository.name, image: digest, status, ...severityCounts }
      log[status === 'FAILED' ? 'warn' : 'info'](facts, `An image was scanned: ${description}`)
      return undefined
    },
  }
}
