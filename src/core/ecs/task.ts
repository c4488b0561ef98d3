import { isAccountId } from '../names/account-id.ts'
import type { Digest } from '../names/digest.ts'
import { isRegion } from '../names/region.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import { type ClusterKey, parseClusterArn } from './cluster.ts'
import { parseMemberId } from './cluster-member.ts'
import type { ContainerDefinition, KeyValue } from './container-definition.ts'
import type { NetworkMode, TaskDefinitionContent } from './task-definition.ts'

export interface TaskKey {
  readonly cluster: ClusterKey
  /** 32 hexadecimal digits. */
  readonly id: string
}

export interface NetworkBinding {
  readonly bindIP: string
  readonly containerPort: number
  readonly hostPort: number
  readonly protocol: 'tcp' | 'udp'
}

/** What a request changes of a container for one task. */
export interface ContainerOverride {
  readonly name?: string
  readonly command?: readonly string[]
  readonly environment?: readonly KeyValue[]
  /** In the place of the definition's. */
  readonly environmentFiles?: NonNullable<ContainerDefinition['environmentFiles']>
  readonly cpu?: number
  readonly memory?: number
  readonly memoryReservation?: number
}

/** What a request changes of the task itself. */
export interface OwnOverrides {
  readonly cpu?: string
  readonly memory?: string
  readonly taskRoleArn?: string
  readonly executionRoleArn?: string
}

/** The network interface that the containers of a task in network mode awsvpc share. */
export interface TaskInterface {
  readonly subnet: string
  /** Once the engine has given them. */
  readonly address?: string
  readonly mac?: string
}

export type HealthStatus = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN'

/** One container of a task: what it is made from, and how it is. */
export interface TaskContainer {
  readonly definition: ContainerDefinition & { readonly name: string; readonly image: string }
  readonly status: 'PENDING' | 'RUNNING' | 'STOPPED'
  /** The engine's id, once it is made. */
  readonly runtimeId?: string
  readonly imageDigest?: string
  /** What its image's tag was when its deployment began or its request came: it runs that, wherever the tag points by now. */
  readonly deployedDigest?: Digest
  /** What its health check has found; nothing without one. */
  readonly health?: HealthStatus
  /** Milliseconds since 1970. */
  readonly startedAt?: number
  /** Where its image is kept, if that is this Berth; what its tag was on when it was looked up. */
  readonly ownImage?: { readonly repository: RepositoryKey; readonly digest: Digest }
  /** How often its restart policy has had it started again, and when the last run began that was followed by another. */
  readonly restarts?: { readonly count: number; readonly after: number }
  readonly exitCode?: number
  readonly reason?: string
  /** Time of the last line of its output that is in CloudWatch Logs, as the engine tells it. */
  readonly loggedUntil?: string
  readonly bindings: readonly NetworkBinding[]
}

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated'

/** A task with a copy of all that it runs by, so that it doesn't change with anything else. */
export interface Task extends TaskKey {
  readonly family: string
  readonly revision: number
  readonly networkMode: NetworkMode
  /** In network mode awsvpc. */
  readonly interface?: TaskInterface
  readonly cpu?: string
  readonly memory?: string
  readonly taskRoleArn?: string
  readonly executionRoleArn?: string
  readonly volumes?: TaskDefinitionContent['volumes']
  readonly pidMode?: TaskDefinitionContent['pidMode']
  readonly ipcMode?: TaskDefinitionContent['ipcMode']
  readonly runtimePlatform?: TaskDefinitionContent['runtimePlatform']
  readonly containers: readonly TaskContainer[]
  readonly overrides: readonly ContainerOverride[]
  readonly ownOverrides?: OwnOverrides
  readonly group: string
  /** The name of the service whose scheduler has started it. */
  readonly service?: string
  /** Of a service's tasks, the id of the deployment. */
  readonly startedBy?: string
  readonly clientToken?: string
  /** The id of the container instance that it was placed on. */
  readonly instance?: string
  /** Whether commands may be run in its containers. */
  readonly executeCommand?: boolean
  readonly desired: 'RUNNING' | 'STOPPED'
  readonly status:
    | 'PROVISIONING'
    | 'PENDING'
    | 'RUNNING'
    | 'DEACTIVATING'
    | 'STOPPING'
    | 'DEPROVISIONING'
    | 'STOPPED'
  /** Until then it stays as it is, though it is to stop, for those who have just found it. Milliseconds since 1970. */
  readonly drainsUntil?: number
  /** Until when no deployment and no scaling in may stop it. Milliseconds since 1970. */
  readonly protectedUntil?: number
  readonly stopCode?: StopCode
  readonly stoppedReason?: string
  /** Whether it stopped since it went with its engine, was taken away or couldn't run on that machine, which says nothing of what it runs. */
  readonly isLost?: boolean
  /** One more with each change. */
  readonly version: number
  /** Milliseconds since 1970, like the times after it. */
  readonly createdAt: number
  readonly pullStartedAt?: number
  readonly pullStoppedAt?: number
  readonly startedAt?: number
  readonly stoppingAt?: number
  /** When none of its containers ran any more. */
  readonly executionStoppedAt?: number
  readonly stoppedAt?: number
}

/** The image as its definition names it and, if its tag was looked up before, by digest. */
export function imageToRun({ definition: { image }, deployedDigest }: TaskContainer): string {
  return deployedDigest === undefined ? image : `${image}@${deployedDigest}`
}

/** `arn:aws:ecs:<region>:<account>:task/<cluster>/<id>` */
export function taskArn({ cluster: { account, region, name }, id }: TaskKey): string {
  return `arn:aws:ecs:${region}:${account}:task/${name}/${id}`
}

/** The task of a cluster that an id or an ARN names. @throws EcsInvalidParameterError for any other text */
export function parseTask(text: string, cluster: ClusterKey): TaskKey {
  return { cluster, id: parseMemberId(text, cluster, { idName: 'taskId', parseArn: parseTaskArn }) }
}

/** The task that an ARN names, or undefined for any other text. */
export function parseTaskArn(text: string): TaskKey | undefined {
  const match = /^(.*):task\/(.*)\/([0-9a-f]{32})$/.exec(text)
  const [, owner = '', name = '', id = ''] = match ?? []
  const cluster = parseClusterArn(`${owner}:cluster/${name}`)
  return cluster && { cluster, id }
}

export const taskJobKind = 'run-task'

/** The task of an ARN that was made here. @throws RangeError for any other text */
export function readTaskJob(arn: string): TaskKey {
  const match = /^arn:aws:ecs:([^:]*):([^:]*):task\/([^/]*)\/([^/]*)$/.exec(arn)
  const [, region = '', account = '', name = '', id = ''] = match ?? []
  if (!isRegion(region) || !isAccountId(account)) throw new RangeError(`${arn} is no task's ARN`)
  return { cluster: { account, region, name }, id }
}

/** The job that keeps one task as it should be. */
export function taskJob(key: TaskKey) {
  return { kind: taskJobKind, key: taskArn(key) }
}
