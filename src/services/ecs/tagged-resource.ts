import type { Permission } from '../../access/permission.ts'
import { parseClusterArn } from '../../core/ecs/cluster.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { parseServiceArn } from '../../core/ecs/scheduling/service-key.ts'
import type { TaskDefinitionKey } from '../../core/ecs/task-definition.ts'
import { parseRevision } from '../../core/ecs/task-definition-reference.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Call } from '../service.ts'

type Stores = Pick<MetadataReader, 'clusters' | 'taskDefinitions' | 'services'>

/** The right to do something to the cluster, service or task definition that an ARN names. @throws EcsInvalidParameterError, EcsClientError */
export function onTagged(action: `ecs:${string}`, arn: string, call: Call): Permission {
  return { action, resource: arn, owner: ownerOf(arn, call).account }
}

/** @throws EcsInvalidParameterError, EcsClientError unless an ARN names a cluster, a service or a task definition that is active */
export async function requireTagged(metadata: Stores, arn: string, call: Call): Promise<void> {
  const { account, region } = ownerOf(arn, call)
  const isOurs = account === call.registry.account && region === call.registry.region
  const { kind, found } = await find(metadata, arn, call)
  if (!isOurs || found === undefined) {
    throw new EcsInvalidParameterError(
      `The specified ${kind} was not found. Specify a valid ${kind} and try again.`,
    )
  }
  if (found.status === 'ACTIVE') return
  throw new EcsInvalidParameterError(
    `The specified ${kind} is inactive. Specify an active ${kind} and try again.`,
  )
}

async function find({ clusters, services, taskDefinitions }: Stores, arn: string, call: Call) {
  const cluster = parseClusterArn(arn)
  if (cluster !== undefined) return { kind: 'cluster', found: await clusters.find(cluster) }
  const service = parseServiceArn(arn)
  if (service !== undefined) return { kind: 'service', found: await services.find(service) }
  return { kind: 'task definition', found: await taskDefinitions.find(revisionOf(arn, call)) }
}

function ownerOf(arn: string, call: Call): RegistryKey {
  return parseClusterArn(arn) ?? parseServiceArn(arn)?.cluster ?? revisionOf(arn, call)
}

function revisionOf(arn: string, { registry }: Call): TaskDefinitionKey {
  if (!/^arn:aws:ecs:[^:]*:[^:]*:task-definition\//.test(arn)) {
    throw new EcsInvalidParameterError(
      `The specified ARN is not one of a cluster, a service or a task definition: ${arn}`,
    )
  }
  return parseRevision(arn, registry)
}
