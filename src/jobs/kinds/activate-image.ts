import { activationJobKind, readActivationJob } from '../../core/images/activation-job.ts'
import { activateImage } from '../../registry/activate-image.ts'
import type { Registry } from '../../registry/registry.ts'
import type { JobKind } from '../job-kind.ts'

/** Brings archived images back, which somebody waits for. */
export function activateImageKind(registry: Registry): JobKind {
  return {
    name: activationJobKind,
    atOnce: 4,
    async run({ key }) {
      const { repository, digest } = readActivationJob(key)
      await activateImage(registry, repository, digest)
      return undefined
    },
  }
}
