import type { TaskWork } from '../containers/task-work.ts'
import type { Messaging } from '../messaging/messaging.ts'
import type { Log } from '../observability/log.ts'
import type { Registry } from '../registry/registry.ts'
import type { FindPeer } from '../registry/replication/peer-registry.ts'
import type { MayReplicate } from '../registry/replication/replicate-image.ts'
import type { Signer } from '../registry/signing/signer.ts'
import type { JobKind } from './job-kind.ts'
import { activateImageKind } from './kinds/activate-image.ts'
import { applyScanningKind } from './kinds/apply-scanning.ts'
import { authorizeConnectionKind } from './kinds/authorize-connection.ts'
import { collectGarbageKind } from './kinds/collect-garbage.ts'
import { deleteReferrersKind } from './kinds/delete-referrers.ts'
import { deliverKind } from './kinds/deliver.ts'
import { forgetArchivedEventsKind } from './kinds/forget-archived-events.ts'
import { forgetDeliveriesKind } from './kinds/forget-deliveries.ts'
import { forgetLogEventsKind } from './kinds/forget-log-events.ts'
import { forgetQueueMessagesKind } from './kinds/forget-queue-messages.ts'
import { moveQueueMessagesKind } from './kinds/move-queue-messages.ts'
import { previewLifecycleKind } from './kinds/preview-lifecycle.ts'
import { removeTaskImagesKind } from './kinds/remove-task-images.ts'
import { replayEventsKind } from './kinds/replay-events.ts'
import { replicateKind } from './kinds/replicate.ts'
import { replicateToPeerKind } from './kinds/replicate-to-peer.ts'
import { rescanImagesKind } from './kinds/rescan-images.ts'
import { routeEventsKind } from './kinds/route-events.ts'
import { runLifecycleKind } from './kinds/run-lifecycle.ts'
import { runScheduleKind } from './kinds/run-schedule.ts'
import { runServiceKind } from './kinds/run-service.ts'
import { runTaskKind } from './kinds/run-task.ts'
import { scanImageKind } from './kinds/scan-image.ts'
import { signKind } from './kinds/sign.ts'
import { trimTrailKind } from './kinds/trim-trail.ts'
import { updateAdvisoriesKind } from './kinds/update-advisories.ts'

/** Everything that runs by itself. */
export function allKinds({
  registry,
  messaging,
  log,
  mayReplicate,
  findPeer,
  signer,
  openTaskWork,
  auditRetention,
  scannerEnv,
}: {
  readonly registry: Registry
  readonly messaging: Messaging
  readonly log: Log
  readonly mayReplicate: MayReplicate
  readonly findPeer: FindPeer
  readonly signer: Signer
  readonly openTaskWork: () => Promise<TaskWork>
  /** Milliseconds. */
  readonly auditRetention: number
  /** What scanners beside Berth may see of the environment. */
  readonly scannerEnv: Readonly<Record<string, string | undefined>>
}): readonly JobKind[] {
  return [
    activateImageKind(registry),
    applyScanningKind(registry),
    authorizeConnectionKind(messaging),
    collectGarbageKind(registry, log),
    deleteReferrersKind(registry),
    deliverKind(messaging),
    forgetArchivedEventsKind(messaging),
    forgetDeliveriesKind(messaging),
    forgetLogEventsKind(messaging),
    forgetQueueMessagesKind(messaging),
    moveQueueMessagesKind(messaging),
    previewLifecycleKind(registry),
    replayEventsKind(messaging),
    replicateKind(registry, mayReplicate, findPeer),
    replicateToPeerKind(registry, findPeer, log),
    rescanImagesKind(registry, log),
    runLifecycleKind(registry, log),
    scanImageKind(registry, log, scannerEnv),
    updateAdvisoriesKind(registry, log),
    routeEventsKind(messaging),
    runScheduleKind(messaging),
    signKind(registry, signer),
    removeTaskImagesKind(openTaskWork, log),
    runTaskKind(openTaskWork),
    trimTrailKind({ ...registry, retention: auditRetention }),
    runServiceKind(openTaskWork),
  ]
}
