import type { Permission } from '../../access/permission.ts'
import { EcsServiceNotFoundError } from '../../core/ecs/errors.ts'
import type { Service } from '../../core/ecs/scheduling/service.ts'
import { parseService, type ServiceKey, serviceArn } from '../../core/ecs/scheduling/service-key.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Call } from '../service.ts'
import { inCluster } from './permissions.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

interface NamesService {
  readonly cluster?: string
  readonly service: string
}

/** The service that a request names. @throws EcsInvalidParameterError */
export function requestedService(input: NamesService, call: Call): ServiceKey {
  return parseService(input.service, requestedCluster(input, call))
}

/** The right to do something to a service. @param conditions as `inCluster` takes them */
export function onService(
  action: `ecs:${string}`,
  key: ServiceKey,
  conditions?: Readonly<Record<`ecs:${string}`, string>>,
): Permission {
  return inCluster(action, serviceArn(key), key.cluster, conditions)
}

/** A service of an active cluster, held until the transaction ends. @throws ClusterNotFoundError, EcsServiceNotFoundError */
export async function lockService(tx: MetadataTransaction, key: ServiceKey): Promise<Service> {
  await requireActive(tx, key.cluster)
  const service = await tx.services.lock(key)
  if (service === undefined) throw new EcsServiceNotFoundError()
  return service
}
