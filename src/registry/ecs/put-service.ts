import { primaryOf, type Service } from '../../core/ecs/scheduling/service.ts'
import {
  deploymentNumber,
  followDeployment,
  newServiceDeployment,
  unfinishedStatuses,
} from '../../core/ecs/scheduling/service-deployment.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'

/** Records of deployments that a service keeps. */
const kept = 100

/** Keeps a service as it is from now on, and the records of its deployments with it: whoever changes a service does it by this. */
export async function putService(tx: MetadataTransaction, service: Service, at: Date): Promise<void> {
  await tx.services.put(service)
  await beginRecord(tx, service)
  const unfinished = await tx.serviceDeployments.list(service, { statuses: unfinishedStatuses, limit: kept })
  for (const known of unfinished) {
    const next = followDeployment(known, service, at.getTime())
    if (next !== known) await tx.serviceDeployments.put(service, next)
  }
}

async function beginRecord(tx: MetadataTransaction, service: Service): Promise<void> {
  const known = await tx.serviceDeployments.find(service, deploymentNumber(primaryOf(service)))
  if (known !== undefined) return
  await tx.serviceDeployments.put(service, newServiceDeployment(service))
  await tx.serviceDeployments.keepNewest(service, kept)
}
