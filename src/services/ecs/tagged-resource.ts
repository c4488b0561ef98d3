import type { Permission } from '../../access/permission.ts'
import { parseClusterArn } from '../../core/ecs/cluster.ts'
import { parseInstanceArn } from '../../core/ecs/container-instance.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { parseServiceArn } from '../../core/ecs/scheduling/service-key.ts'
import { parseTaskArn } from '../../core/ecs/task.ts'
import { parseRevision } from '../../core/ecs/task-definition-reference.ts'
import { isSameRegistry, type RegistryKey } from '../../core/names/registry-key.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Call } from '../service.ts'
import type { EcsInstanceContext } from './ecs-action.ts'

type Stores = Pick<MetadataReader, 'clusters' | 'taskDefinitions' | 'services' | 'tasks'>

/** What an ARN names, and how it is looked up there. */
interface Tagged {
  readonly kind: string
  readonly owner: RegistryKey
  /** Undefined for what isn't there. */
  find(stores: Stores): Promise<'active' | 'inactive' | undefined>
}

/** The right to do something to what an ARN names. @throws EcsInvalidParameterError, EcsClientError */
export function onTagged(action: `ecs:${string}`, arn: string, call: Call): Permission {
  return { action, resource: arn, owner: tagged(arn, call).owner.account }
}

type FindInstance = EcsInstanceContext['findInstance']

/** The engine, if an ARN names a container instance. */
export async function namedInstance(arn: string, findInstance: FindInstance) {
  return parseInstanceArn(arn) === undefined ? undefined : findInstance()
}

/**
 * @throws EcsInvalidParameterError, EcsClientError unless an ARN names a cluster, a service or a task definition that is active, a task that has
 * not stopped, or the container instance of a cluster
 */
export async function requireTagged(
  metadata: Stores,
  arn: string,
  call: Call,
  instance: Awaited<ReturnType<FindInstance>>,
): Promise<void> {
  const { kind, owner, find } = tagged(arn, call, instance?.id)
  const state = isSameRegistry(owner, call.registry) ? await find(metadata) : undefined
  if (state === 'active') return
  throw new EcsInvalidParameterError(
    state === 'inactive'
      ? `The specified ${kind} is inactive. Specify an active ${kind} and try again.`
      : `The specified ${kind} was not found. Specify a valid ${kind} and try again.`,
  )
}

function tagged(arn: string, { registry }: Call, instance?: string): Tagged {
  const cluster = parseClusterArn(arn)
  if (cluster !== undefined) {
    const find = async (stores: Stores) => activity((await stores.clusters.find(cluster))?.status)
    return { kind: 'cluster', owner: cluster, find }
  }
  const service = parseServiceArn(arn)
  if (service !== undefined) {
    const find = async (stores: Stores) => activity((await stores.services.find(service))?.status)
    return { kind: 'service', owner: service.cluster, find }
  }
  const task = parseTaskArn(arn)
  if (task !== undefined) {
    const find = async (stores: Stores) => activity((await stores.tasks.find(task))?.status, 'STOPPED')
    return { kind: 'task', owner: task.cluster, find }
  }
  const machine = parseInstanceArn(arn)
  if (machine !== undefined) {
    const find = async (stores: Stores) =>
      machine.id === instance ? activity((await stores.clusters.find(machine.cluster))?.status) : undefined
    return { kind: 'container instance', owner: machine.cluster, find }
  }
  if (!/^arn:aws:ecs:[^:]*:[^:]*:task-definition\//.test(arn)) {
    throw new EcsInvalidParameterError(
      `The specified ARN is not one of a cluster, a service, a task, a container instance or a task definition: ${arn}`,
    )
  }
  const definition = parseRevision(arn, registry)
  const find = async (stores: Stores) => activity((await stores.taskDefinitions.find(definition))?.status)
  return { kind: 'task definition', owner: definition, find }
}

function activity(status: string | undefined, over?: string): 'active' | 'inactive' | undefined {
  if (status === undefined) return undefined
  const isActive = over === undefined ? status === 'ACTIVE' : status !== over
  return isActive ? 'active' : 'inactive'
}
