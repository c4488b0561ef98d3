import { applyScanningJobKind, readApplyScanningJob } from '../../core/scanning/scan-jobs.ts'
import type { Registry } from '../../registry/registry.ts'
import type { JobKind } from '../job-kind.ts'

/** Does what follows from a change of how a registry is scanned. */
export function applyScanningKind(registry: Registry): JobKind {
  return {
    name: applyScanningJobKind,
    async run({ key, signal }) {
      const { applyScanning } = await import('../../registry/scans/apply-scanning.ts')
      await applyScanning(registry, readApplyScanningJob(key), signal)
      return undefined
    },
  }
}
