import type {
  ContainerInstance as InstanceShape,
  UpdateContainerInstancesStateRequest,
  UpdateContainerInstancesStateResponse,
} from '@aws-sdk/client-ecs'
import type { ClusterKey } from '../../core/ecs/cluster.ts'
import { containerInstanceArn } from '../../core/ecs/container-instance.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { serviceJob } from '../../core/ecs/scheduling/service-key.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { instanceId, instanceShape, onInstances } from './container-instances.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

const mostInstances = 10
const servicesAtOnce = 100

/**
 * Has the engine take no more tasks of a cluster, whose services stop theirs there as far as they may; or take them again.
 *
 * @see Amazon ECS API reference, UpdateContainerInstancesState
 */
export const updateContainerInstancesState: EcsInstanceAction<
  UpdateContainerInstancesStateRequest,
  UpdateContainerInstancesStateResponse
> = {
  operation: 'UpdateContainerInstancesState',
  permissions(input, call) {
    return onInstances(
      'ecs:UpdateContainerInstancesState',
      requestedCluster(input, call),
      input.containerInstances,
    )
  },
  async run(input, call, { registry: { metadata, now, taskRules: rules }, findInstance }) {
    const { containerInstances: names } = input
    const status = readStatus(input.status)
    if (names.length === 0) throw new EcsInvalidParameterError('Container instances cannot be empty.')
    if (names.length > mostInstances) {
      throw new EcsInvalidParameterError(`containerInstances can have at most ${mostInstances} items.`)
    }
    const cluster = requestedCluster(input, call)
    const ids = new Set(names.map((name) => instanceId(name, cluster)))
    const instance = await findInstance()
    return metadata.write(async (tx) => {
      await requireActive(tx, cluster)
      const changed: Checked<InstanceShape>[] = []
      if (instance !== undefined && ids.delete(instance.id)) {
        const known = await tx.containerInstances.state(cluster, instance.id)
        await tx.containerInstances.put(cluster, instance.id, {
          ...known,
          status,
          version: known.version + 1,
        })
        for await (const service of servicesIn(tx, cluster)) await tx.jobs.add(serviceJob(service), now())
        changed.push(await instanceShape(tx, cluster, instance, { rules, withTags: false }))
      }
      const failures = Array.from(ids, (id) => ({
        arn: containerInstanceArn(cluster, id),
        reason: 'MISSING',
      }))
      return { containerInstances: changed, failures }
    })
  },
}

async function* servicesIn(tx: MetadataTransaction, cluster: ClusterKey) {
  let after: string | undefined
  do {
    const page = await tx.services.list(cluster, { after, limit: servicesAtOnce })
    yield* page
    after = page.length < servicesAtOnce ? undefined : page.at(-1)?.name
  } while (after !== undefined)
}

function readStatus(text: string): 'ACTIVE' | 'DRAINING' {
  if (text === 'ACTIVE' || text === 'DRAINING') return text
  throw new EcsInvalidParameterError('Container instances status should be one of [ACTIVE,DRAINING].')
}
