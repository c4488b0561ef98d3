import type { Digest } from '../names/digest.ts'
import { checkRunnable } from './check-runnable.ts'
import type { ClusterKey } from './cluster.ts'
import type { ContainerOverride, Task } from './task.ts'
import type { TaskDefinition } from './task-definition.ts'

/** Who wants a task, and what for. */
export interface TaskRequest {
  readonly cluster: ClusterKey
  readonly definition: TaskDefinition
  readonly id: string
  readonly at: Date
  readonly overrides?: readonly ContainerOverride[]
  /** The family's unless told. */
  readonly group?: string | undefined
  readonly startedBy?: string | undefined
  readonly clientToken?: string | undefined
  /** The name of the service that it belongs to. */
  readonly service?: string
  /** By a container's name: what its image's tag was when its deployment began. */
  readonly digests?: Readonly<Record<string, Digest>>
}

/**
 * A task that is to run and doesn't yet.
 *
 * @throws EcsClientError, EcsInvalidParameterError for what Berth doesn't run as it is defined
 */
export function newTask(request: TaskRequest): Task {
  const { cluster, definition, id, at, overrides = [], digests = {} } = request
  const { content, family, revision } = definition
  checkRunnable(content)
  return {
    cluster,
    id,
    family,
    revision,
    networkMode: content.networkMode ?? 'bridge',
    ...(content.cpu !== undefined && { cpu: content.cpu }),
    ...(content.memory !== undefined && { memory: content.memory }),
    containers: content.containerDefinitions.map(({ name = '', image = '', ...rest }) => ({
      definition: { name, image, ...rest },
      status: 'PENDING',
      bindings: [],
      ...(digests[name] !== undefined && { deployedDigest: digests[name] }),
    })),
    overrides,
    group: request.group ?? `family:${family}`,
    ...(request.service !== undefined && { service: request.service }),
    ...(request.startedBy !== undefined && { startedBy: request.startedBy }),
    ...(request.clientToken !== undefined && { clientToken: request.clientToken }),
    desired: 'RUNNING',
    status: 'PENDING',
    version: 1,
    createdAt: at.getTime(),
  }
}
