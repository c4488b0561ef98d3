import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import type { JobKind } from '../job-kind.ts'

const hour = 60 * 60 * 1000
const forgottenAtOnce = 1_000

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
      let forgotten = 0
      do {
        signal.throwIfAborted()
        forgotten = await metadata.write((tx) => tx.trail.forget(before, forgottenAtOnce))
      } while (forgotten === forgottenAtOnce)
      return new Date(now().getTime() + hour)
    },
  }
}
