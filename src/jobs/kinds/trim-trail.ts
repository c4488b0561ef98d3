import { forgetAll } from '../../stores/metadata/forget-all.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import type { JobKind } from '../job-kind.ts'

const hour = 60 * 60 * 1000

/** Forgets what the audit trail has kept for `retention` ms. */
export function trimTrailKind({
  metadata,
  retention,
  now,
}: {
  readonly metadata: MetadataStore
  readonly retention: number
  readonly now: () => Date
}): JobKind {
  return {
    name: 'trim-audit-trail',
    every: hour,
    async run({ signal }) {
      const before = new Date(now().getTime() - retention)
      await forgetAll(metadata, signal, (tx, most) => tx.trail.forget(before, most))
      return new Date(now().getTime() + hour)
    },
  }
}
