import type { Permission } from '../../access/permission.ts'
import { parseClusterArn } from '../../core/ecs/cluster.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { TaskDefinitionKey } from '../../core/ecs/task-definition.ts'
import { parseRevision } from '../../core/ecs/task-definition-reference.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Call } from '../service.ts'

/** The right to do something to the cluster or task definition that an ARN names. @throws EcsInvalidParameterError, EcsClientError */
export function onTagged(action: `ecs:${string}`, arn: string, call: Call): Permission {
  return { action, resource: arn, owner: ownerOf(arn, call).account }
}

/** @throws EcsInvalidParameterError, EcsClientError unless an ARN names a cluster or task definition that is active */
export async function requireTagged(
  metadata: Pick<MetadataReader, 'clusters' | 'taskDefinitions'>,
  arn: string,
  call: Call,
): Promise<void> {
  const { account, region } = ownerOf(arn, call)
  const isOurs = account === call.registry.account && region === call.registry.region
  const cluster = parseClusterArn(arn)
  const found = cluster
    ? await metadata.clusters.find(cluster)
    : await metadata.taskDefinitions.find(revisionOf(arn, call))
  const kind = cluster ? 'cluster' : 'task definition'
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

function ownerOf(arn: string, call: Call): RegistryKey {
  return parseClusterArn(arn) ?? revisionOf(arn, call)
}

function revisionOf(arn: string, { registry }: Call): TaskDefinitionKey {
  if (!/^arn:aws:ecs:[^:]*:[^:]*:task-definition\//.test(arn)) {
    throw new EcsInvalidParameterError(
      `The specified ARN is not one of a cluster or a task definition: ${arn}`,
    )
  }
  return parseRevision(arn, registry)
}
