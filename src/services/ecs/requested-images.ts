import { taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import { parseTaskDefinition } from '../../core/ecs/task-definition-reference.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Call } from '../service.ts'
import type { EcsInstanceContext } from './ecs-action.ts'
import { findTaskDefinition } from './find-task-definition.ts'
import { requestedCluster } from './requested-cluster.ts'
import type { TaskInput } from './task-request.ts'

/** What all tasks of one request run. */
export interface RequestedImages {
  /** The revision that the request meant when it came, though its family may have a later one by now. */
  readonly taskDefinition: string
  /** By a container's name: what its image's tag was then. */
  readonly digests: Readonly<Record<string, Digest>>
}

/**
 * Looks up the images of a request for tasks, before its transaction, as far as their tags are there. A definition that isn't there is left
 * to whoever makes the tasks.
 *
 * @throws EcsClientError, EcsInvalidParameterError for what names no definition or no cluster
 */
export async function requestedImages(
  { registry: { metadata }, findDigests }: EcsInstanceContext,
  input: TaskInput,
  call: Call,
): Promise<RequestedImages> {
  const { taskDefinition } = input
  const found = await findTaskDefinition(metadata, parseTaskDefinition(taskDefinition, call.registry))
  if (found === undefined) return { taskDefinition, digests: {} }
  const digests = await findDigests(requestedCluster(input, call), found)
  return { taskDefinition: taskDefinitionArn(found), digests }
}
