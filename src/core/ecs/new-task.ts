import type { Digest } from '../names/digest.ts'
import { ownMember } from '../own-member.ts'
import { checkRunnable } from './check-runnable.ts'
import type { ClusterKey } from './cluster.ts'
import type { ContainerOverride, OwnOverrides, Task, TaskContainer } from './task.ts'
import type { TaskDefinition, TaskDefinitionContent } from './task-definition.ts'
import type { TaskRules } from './task-rules.ts'

/** Who wants a task, and what for. */
export interface TaskRequest {
  readonly cluster: ClusterKey
  readonly definition: Pick<TaskDefinition, 'family' | 'revision' | 'content'>
  readonly id: string
  readonly at: Date
  /** What the operator lets tasks do. */
  readonly rules: TaskRules
  readonly overrides?: readonly ContainerOverride[]
  readonly ownOverrides?: OwnOverrides | undefined
  /** In network mode awsvpc: where its interface is to be. */
  readonly subnet?: string | undefined
  /** The family's unless told. */
  readonly group?: string | undefined
  readonly startedBy?: string | undefined
  readonly clientToken?: string | undefined
  /** The id of the container instance that has room for it. */
  readonly instance?: string | undefined
  /** Whether commands may be run in its containers. */
  readonly executeCommand?: boolean | undefined
  /** The name of the service that it belongs to. */
  readonly service?: string
  /** By a container's name: what its image's tag was when its deployment began, or its request came. */
  readonly digests?: Readonly<Record<string, Digest>>
}

/**
 * A task that is to run and doesn't yet.
 *
 * @throws EcsClientError, EcsInvalidParameterError for what Berth doesn't run as it is defined
 */
export function newTask(request: TaskRequest): Task {
  const { cluster, definition, id, at, overrides = [], ownOverrides = {}, digests = {}, subnet } = request
  const { family, revision } = definition
  const content = { ...definition.content, ...ownOverrides }
  checkRunnable(content, request.rules)
  return {
    cluster,
    id,
    family,
    revision,
    networkMode: content.networkMode ?? 'bridge',
    ...(subnet !== undefined && { interface: { subnet } }),
    ...given(content, ['cpu', 'memory', 'taskRoleArn', 'executionRoleArn', 'volumes']),
    ...given(content, ['pidMode', 'ipcMode', 'runtimePlatform']),
    containers: content.containerDefinitions.map(({ name = '', image = '', ...rest }) => ({
      definition: { name, image, ...rest },
      status: 'PENDING',
      bindings: [],
      ...digestOfContainer(digests, name),
    })),
    overrides,
    ...(request.ownOverrides !== undefined && { ownOverrides }),
    group: request.group ?? `family:${family}`,
    ...(request.service !== undefined && { service: request.service }),
    ...(request.startedBy !== undefined && { startedBy: request.startedBy }),
    ...(request.clientToken !== undefined && { clientToken: request.clientToken }),
    ...(request.instance !== undefined && { instance: request.instance }),
    ...(request.executeCommand && { executeCommand: true }),
    desired: 'RUNNING',
    status: 'PENDING',
    version: 1,
    createdAt: at.getTime(),
  }
}

function digestOfContainer(
  digests: NonNullable<TaskRequest['digests']>,
  name: string,
): Pick<TaskContainer, 'deployedDigest'> {
  const deployedDigest = ownMember(digests, name)
  return deployedDigest === undefined ? {} : { deployedDigest }
}

/** Those members that are there. */
function given<Name extends keyof TaskDefinitionContent>(
  content: TaskDefinitionContent,
  names: readonly Name[],
): Partial<Pick<TaskDefinitionContent, Name>> {
  const known: { -readonly [Member in Name]?: TaskDefinitionContent[Member] } = {}
  for (const name of names) if (content[name] !== undefined) known[name] = content[name]
  return known
}
