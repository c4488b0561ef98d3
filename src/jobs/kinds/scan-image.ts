import { readScanJob, scanJobKind } from '../../core/scanning/scan-jobs.ts'
import type { Log } from '../../observability/log.ts'
import type { Registry } from '../../registry/registry.ts'
import type { JudgeImage } from '../../registry/scans/scan-image.ts'
import type { JobKind } from '../job-kind.ts'

/** Scans images that were asked for, two at once: a scan waits for the disk and for a process of its own. */
export function scanImageKind(registry: Registry, log: Log, scannerEnv: Environment): JobKind {
  let judge: Promise<JudgeImage> | undefined
  return {
    name: scanJobKind,
    atOnce: 2,
    async run({ key, attempt, signal }) {
      const { repository, digest } = readScanJob(key)
      // Loaded with the first scan: a registry that scans nothing needs none of it.
      const { scanImage } = await import('../../registry/scans/scan-image.ts')
      judge ??= registry.scans.scanner === 'trivy' ? loadTrivy(registry, scannerEnv) : loadOwn(registry)
      const judgement = await scanImage(registry, repository, digest, { attempt, signal, judge: await judge })
      if (judgement === undefined) return undefined
      const { status, description, severityCounts } = judgement.end
      const facts = { repository: repository.name, image: digest, status, ...severityCounts }
      log[status === 'FAILED' ? 'warn' : 'info'](facts, `An image was scanned: ${description}`)
      return undefined
    },
  }
}

type Environment = Readonly<Record<string, string | undefined>>

async function loadOwn(registry: Registry): Promise<JudgeImage> {
  const [{ ownJudge }, { readLayerApart }, { findNetworkIsolation }] = await Promise.all([
    import('../../registry/scans/own-judge.ts'),
    import('../../scanning/inventory/read-layer-apart.ts'),
    import('../../scanning/inventory/network-isolation.ts'),
  ])
  const isolation = await findNetworkIsolation()
  return ownJudge(registry, (layer, options) => readLayerApart(layer, { ...options, isolation }))
}

async function loadTrivy(registry: Registry, env: Environment): Promise<JudgeImage> {
  const { trivyJudge } = await import('../trivy-judge.ts')
  return trivyJudge(registry, env)
}
