import type {
  ContainerDefinition,
  ContainerDependency,
  HealthCheck,
  KeyValue,
  LinuxParameters,
  LogConfiguration,
  MountPoint,
  PortMapping,
  Secret,
} from '../container-definition.ts'
import type { TaskDefinitionContent, Volume } from '../task-definition.ts'

/** A member, or one of those that it lists. */
type One<Value> = NonNullable<Value> extends readonly (infer Each)[] ? Each : NonNullable<Value>
type Item<Member extends keyof ContainerDefinition> = One<ContainerDefinition[Member]>
type Linux<Member extends keyof LinuxParameters> = One<LinuxParameters[Member]>
type OfTask<Member extends keyof TaskDefinitionContent> = One<TaskDefinitionContent[Member]>
type OfVolume<Member extends keyof Volume> = One<Volume[Member]>

/** What Berth acts upon inside a member of a container, by where that is; whatever else is there, the container doesn't run. */
export const honouredWithin: ReadonlyMap<string, ReadonlySet<string>> = mapOf({
  repositoryCredentials: ['credentialsParameter'] satisfies (keyof Item<'repositoryCredentials'>)[],
  portMappings: [
    'containerPort',
    'hostPort',
    'protocol',
    'name',
    'appProtocol',
    'containerPortRange',
  ] satisfies (keyof PortMapping)[],
  restartPolicy: [
    'enabled',
    'ignoredExitCodes',
    'restartAttemptPeriod',
  ] satisfies (keyof Item<'restartPolicy'>)[],
  environment: ['name', 'value'] satisfies (keyof KeyValue)[],
  environmentFiles: ['value', 'type'] satisfies (keyof Item<'environmentFiles'>)[],
  mountPoints: ['sourceVolume', 'containerPath', 'readOnly'] satisfies (keyof MountPoint)[],
  volumesFrom: ['sourceContainer', 'readOnly'] satisfies (keyof Item<'volumesFrom'>)[],
  linuxParameters: [
    'capabilities',
    'devices',
    'initProcessEnabled',
    'sharedMemorySize',
    'tmpfs',
    'maxSwap',
    'swappiness',
  ] satisfies (keyof LinuxParameters)[],
  'linuxParameters.capabilities': ['add', 'drop'] satisfies (keyof Linux<'capabilities'>)[],
  'linuxParameters.devices': [
    'hostPath',
    'containerPath',
    'permissions',
  ] satisfies (keyof Linux<'devices'>)[],
  'linuxParameters.tmpfs': ['containerPath', 'size', 'mountOptions'] satisfies (keyof Linux<'tmpfs'>)[],
  secrets: ['name', 'valueFrom'] satisfies (keyof Secret)[],
  dependsOn: ['containerName', 'condition'] satisfies (keyof ContainerDependency)[],
  extraHosts: ['hostname', 'ipAddress'] satisfies (keyof Item<'extraHosts'>)[],
  ulimits: ['name', 'softLimit', 'hardLimit'] satisfies (keyof Item<'ulimits'>)[],
  logConfiguration: ['logDriver', 'options'] satisfies (keyof LogConfiguration)[],
  healthCheck: ['command', 'interval', 'timeout', 'retries', 'startPeriod'] satisfies (keyof HealthCheck)[],
  systemControls: ['namespace', 'value'] satisfies (keyof Item<'systemControls'>)[],
})

/** The same inside a member of a task. */
export const honouredWithinTask: ReadonlyMap<string, ReadonlySet<string>> = mapOf({
  volumes: ['name', 'host', 'dockerVolumeConfiguration'] satisfies (keyof Volume)[],
  'volumes.host': ['sourcePath'] satisfies (keyof OfVolume<'host'>)[],
  'volumes.dockerVolumeConfiguration': [
    'scope',
    'autoprovision',
    'driver',
    'driverOpts',
    'labels',
  ] satisfies (keyof OfVolume<'dockerVolumeConfiguration'>)[],
  placementConstraints: ['type', 'expression'] satisfies (keyof OfTask<'placementConstraints'>)[],
  runtimePlatform: ['cpuArchitecture', 'operatingSystemFamily'] satisfies (keyof OfTask<'runtimePlatform'>)[],
})

/** What says nothing by itself, and why a task runs that has it. */
export const withoutEffect: ReadonlyMap<string, string> = new Map([
  ['portMappings.name', 'for Service Connect, which is refused'],
  ['portMappings.appProtocol', 'for Service Connect, which is refused'],
])

function mapOf(
  members: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(members).map(([name, known]) => [name, new Set(known)]))
}
