import type { Log } from '../observability/log.ts'
import type { Registry } from '../registry/registry.ts'
import type { FindPeer } from '../registry/replication/peer-registry.ts'
import type { MayReplicate } from '../registry/replication/replicate-image.ts'
import type { JobKind } from './job-kind.ts'
import { activateImageKind } from './kinds/activate-image.ts'
import { collectGarbageKind } from './kinds/collect-garbage.ts'
import { deleteReferrersKind } from './kinds/delete-referrers.ts'
import { previewLifecycleKind } from './kinds/preview-lifecycle.ts'
import { replicateKind } from './kinds/replicate.ts'
import { replicateToPeerKind } from './kinds/replicate-to-peer.ts'
import { runLifecycleKind } from './kinds/run-lifecycle.ts'
import { updateAdvisoriesKind } from './kinds/update-advisories.ts'

/** Everything that runs by itself. */
export function allKinds({
  registry,
  log,
  mayReplicate,
  findPeer,
}: {
  readonly registry: Registry
  readonly log: Log
  readonly mayReplicate: MayReplicate
  readonly findPeer: FindPeer
}): readonly JobKind[] {
  return [
    activateImageKind(registry),
    collectGarbageKind(registry, log),
    deleteReferrersKind(registry),
    previewLifecycleKind(registry),
    replicateKind(registry, mayReplicate, findPeer),
    replicateToPeerKind(registry, findPeer, log),
    runLifecycleKind(registry, log),
    updateAdvisoriesKind(registry, log),
  ]
}
