import { readSigningJob, signingJobKind } from '../../core/signing/signing-job.ts'
import type { Registry } from '../../registry/registry.ts'
import { signImage } from '../../registry/signing/sign-image.ts'
import type { Signer } from '../../registry/signing/signer.ts'
import type { JobKind } from '../job-kind.ts'

/** Signs images that were pushed. */
export function signKind(registry: Registry, signer: Signer): JobKind {
  return {
    name: signingJobKind,
    atOnce: 2,
    async run({ key }) {
      await signImage(registry, signer, readSigningJob(key))
      return undefined
    },
  }
}
