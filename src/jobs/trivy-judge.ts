import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isNonDistributable } from '../core/manifests/media-types.ts'
import { readTrivyReport } from '../core/scanning/trivy/read-trivy-report.ts'
import { readBlob } from '../registry/read-blob.ts'
import type { Registry } from '../registry/registry.ts'
import { judgeReport } from '../registry/scans/judge-report.ts'
import type { ImageToJudge, JudgeImage } from '../registry/scans/scan-image.ts'
import { scoreVector } from '../registry/scans/score-vector.ts'
import { writeImageLayout } from '../scanning/trivy/image-layout.ts'
import { scanByTrivy, type TrivyOptions, trivyDatabaseDate } from '../scanning/trivy/run-trivy.ts'

/**
 * Scans by Trivy, which reads the whole image by itself: it is laid down in a folder, and gone when Trivy has reported.
 *
 * @param env what Trivy is to see of the environment
 */
export function trivyJudge(registry: Registry, env: TrivyOptions['env']): JudgeImage {
  return async (image, signal) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'berth-trivy-'))
    await layDown(registry, image, folder.path, signal)
    const report = await scanByTrivy(folder.path, { env, signal })
    const [lowest, ...others] = layersOf(image)
    if (lowest === undefined) return judgeReport(registry, image.type, undefined)
    const reading = { type: image.type, layers: [lowest, ...others], score: scoreVector } as const
    const sourceUpdatedAt = await trivyDatabaseDate({ env, signal })
    return judgeReport(registry, image.type, { ...readTrivyReport(report, reading), sourceUpdatedAt })
  }
}

function layersOf({ manifest }: ImageToJudge) {
  return manifest.layers.filter(({ mediaType }) => !isNonDistributable(mediaType)).map(({ digest }) => digest)
}

async function layDown(
  registry: Registry,
  image: ImageToJudge,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { repository, stored, manifest } = image
  const blobs = [manifest.config.digest, ...layersOf(image)]
  const read = (digest: (typeof blobs)[number]) => readBlob(registry, repository, digest)
  await writeImageLayout(folder, { ...stored, blobs, readBlob: read }, signal)
}
