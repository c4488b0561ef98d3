import { readReferrersJob, referrersJobKind } from '../../core/images/referrers-job.ts'
import { deleteReferrers } from '../../registry/delete-referrers.ts'
import type { Registry } from '../../registry/registry.ts'
import type { JobKind } from '../job-kind.ts'

/** Deletes what refers to an image, a day after the image. */
export function deleteReferrersKind(registry: Registry): JobKind {
  return {
    name: referrersJobKind,
    async run({ key, signal }) {
      await deleteReferrers(registry, readReferrersJob(key), signal)
      return undefined
    },
  }
}
