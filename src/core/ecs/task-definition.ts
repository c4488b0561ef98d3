import type { RegistryKey } from '../names/registry-key.ts'
import type { ContainerDefinition, KeyValue } from './container-definition.ts'

export interface FamilyKey extends RegistryKey {
  readonly family: string
}

export interface TaskDefinitionKey extends FamilyKey {
  readonly revision: number
}

export type TaskDefinitionStatus = 'ACTIVE' | 'INACTIVE'
export type NetworkMode = 'bridge' | 'host' | 'awsvpc' | 'none'
export type Compatibility = 'EC2' | 'FARGATE' | 'EXTERNAL' | 'MANAGED_INSTANCES'

/** A volume of a task; how file systems of AWS are described is of no interest to any rule. */
export interface Volume {
  readonly name?: string
  readonly host?: { readonly sourcePath?: string }
  readonly dockerVolumeConfiguration?: {
    readonly scope?: 'task' | 'shared'
    readonly autoprovision?: boolean
    readonly driver?: string
    readonly driverOpts?: Readonly<Record<string, string>>
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly configuredAtLaunch?: boolean
}

/** What RegisterTaskDefinition is given, but for the family's name and tags. */
export interface TaskDefinitionContent {
  readonly taskRoleArn?: string
  readonly executionRoleArn?: string
  readonly networkMode?: NetworkMode
  readonly containerDefinitions: readonly ContainerDefinition[]
  readonly volumes?: readonly Volume[]
  readonly placementConstraints?: readonly { readonly type?: 'memberOf'; readonly expression?: string }[]
  readonly requiresCompatibilities?: readonly Compatibility[]
  /** 1024 are one virtual CPU; as a decimal number once registered. */
  readonly cpu?: string
  /** MiB; as a decimal number once registered. */
  readonly memory?: string
  readonly pidMode?: 'host' | 'task'
  readonly ipcMode?: 'host' | 'task' | 'none'
  readonly proxyConfiguration?: {
    readonly type?: 'APPMESH'
    readonly containerName: string
    readonly properties?: readonly KeyValue[]
  }
  readonly inferenceAccelerators?: readonly { readonly deviceName: string; readonly deviceType: string }[]
  readonly ephemeralStorage?: { readonly sizeInGiB: number }
  readonly runtimePlatform?: {
    readonly cpuArchitecture?: 'X86_64' | 'ARM64'
    readonly operatingSystemFamily?: OperatingSystem
  }
  readonly enableFaultInjection?: boolean
}

type OperatingSystem =
  | 'LINUX'
  | 'WINDOWS_SERVER_2004_CORE'
  | 'WINDOWS_SERVER_2016_FULL'
  | 'WINDOWS_SERVER_2019_CORE'
  | 'WINDOWS_SERVER_2019_FULL'
  | 'WINDOWS_SERVER_2022_CORE'
  | 'WINDOWS_SERVER_2022_FULL'
  | 'WINDOWS_SERVER_2025_CORE'
  | 'WINDOWS_SERVER_2025_FULL'
  | 'WINDOWS_SERVER_20H2_CORE'

/** One revision of a family. Its content never changes. */
export interface TaskDefinition extends TaskDefinitionKey {
  readonly status: TaskDefinitionStatus
  readonly content: TaskDefinitionContent
  /** Whose ARN. */
  readonly registeredBy: string
  readonly registeredAt: Date
  readonly deregisteredAt?: Date
}

/** `arn:aws:ecs:<region>:<account>:task-definition/<family>:<revision>` */
export function taskDefinitionArn({ revision, ...family }: TaskDefinitionKey): string {
  return `${familyArn(family)}:${revision}`
}

/** What the ARNs of a family's revisions begin with, before the colon. */
export function familyArn({ account, region, family }: FamilyKey): string {
  return `arn:aws:ecs:${region}:${account}:task-definition/${family}`
}
