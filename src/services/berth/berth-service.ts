import { bindActions } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import { acceptFinding } from './accept-finding.ts'
import { advanceClock } from './advance-clock.ts'
import type { BerthContext } from './berth-context.ts'
import { compareFindings } from './compare-findings.ts'
import { createAccount } from './create-account.ts'
import { createAccountKey } from './create-account-key.ts'
import { createConsoleTicket } from './create-console-ticket.ts'
import { createRobot } from './create-robot.ts'
import { createSigningKey } from './create-signing-key.ts'
import { deleteAccountKey } from './delete-account-key.ts'
import { deletePullGate } from './delete-pull-gate.ts'
import { deleteRedeployment } from './delete-redeployment.ts'
import { deleteSigningKey } from './delete-signing-key.ts'
import { describeAdvisories } from './describe-advisories.ts'
import { describeClock } from './describe-clock.ts'
import { describeDelivery } from './describe-delivery.ts'
import { describeFindings } from './describe-findings.ts'
import { describeGarbage } from './describe-garbage.ts'
import { describeGarbageCollection } from './describe-garbage-collection.ts'
import { describeMail } from './describe-mail.ts'
import { describePullGate } from './describe-pull-gate.ts'
import { describeServer } from './describe-server.ts'
import { explainLifecyclePolicy } from './explain-lifecycle-policy.ts'
import { exportVex } from './export-vex.ts'
import { berthFaults } from './faults.ts'
import { findVulnerability } from './find-vulnerability.ts'
import { getLifecycleSettings } from './get-lifecycle-settings.ts'
import { getSoftwareBillOfMaterials } from './get-software-bill-of-materials.ts'
import { importAdvisories } from './import-advisories.ts'
import { importVex } from './import-vex.ts'
import { listAcceptances } from './list-acceptances.ts'
import { listAccounts } from './list-accounts.ts'
import { listDeletedImages } from './list-deleted-images.ts'
import { listDeliveries } from './list-deliveries.ts'
import { listJobs } from './list-jobs.ts'
import { listMail } from './list-mail.ts'
import { listRedeployments } from './list-redeployments.ts'
import { listRobots } from './list-robots.ts'
import { listSigningKeys } from './list-signing-keys.ts'
import { listTagHistory } from './list-tag-history.ts'
import { lookupEvents } from './lookup-events.ts'
import { putLifecyclePolicy } from './put-lifecycle-policy.ts'
import { putLifecycleSettings } from './put-lifecycle-settings.ts'
import { putPullGate } from './put-pull-gate.ts'
import { putRedeployment } from './put-redeployment.ts'
import { replayDeliveries } from './replay-deliveries.ts'
import { replayDelivery } from './replay-delivery.ts'
import { replicateImages } from './replicate-images.ts'
import { restoreImage } from './restore-image.ts'
import { revokeAcceptance } from './revoke-acceptance.ts'
import { revokeRobot } from './revoke-robot.ts'
import { runJobs } from './run-jobs.ts'
import { scanImage } from './scan-image.ts'
import { sendTestMail } from './send-test-mail.ts'
import { startGarbageCollection } from './start-garbage-collection.ts'
import { updateAdvisories } from './update-advisories.ts'

const actions = [
  listAccounts,
  deleteAccountKey,
  createAccountKey,
  createAccount,
  createConsoleTicket,
  describeServer,
  listDeletedImages,
  listTagHistory,
  describeMail,
  listMail,
  sendTestMail,
  listDeliveries,
  describeDelivery,
  replayDelivery,
  replayDeliveries,
  restoreImage,
  describeGarbage,
  describeGarbageCollection,
  startGarbageCollection,
  explainLifecyclePolicy,
  putLifecyclePolicy,
  getLifecycleSettings,
  putLifecycleSettings,
  replicateImages,
  listJobs,
  runJobs,
  describeAdvisories,
  getSoftwareBillOfMaterials,
  importAdvisories,
  updateAdvisories,
  scanImage,
  describeFindings,
  compareFindings,
  findVulnerability,
  acceptFinding,
  revokeAcceptance,
  listAcceptances,
  importVex,
  exportVex,
  putPullGate,
  describePullGate,
  deletePullGate,
  createSigningKey,
  listSigningKeys,
  deleteSigningKey,
  createRobot,
  listRobots,
  revokeRobot,
  lookupEvents,
  putRedeployment,
  deleteRedeployment,
  listRedeployments,
]

/** What Berth offers beyond AWS, under `/berth/v1/`. */
export function berthService(context: BerthContext): Service {
  const { testClock } = context
  const clockActions = testClock ? [describeClock(testClock), advanceClock(testClock)] : []
  return {
    name: 'berth',
    actions: bindActions(context, [...actions, ...clockActions]),
    faults: berthFaults,
  }
}
