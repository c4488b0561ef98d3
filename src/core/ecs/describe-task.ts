import { clusterArn } from './cluster.ts'
import { containerInstanceArn } from './container-instance.ts'
import { describeInterface, interfaceIds } from './running/describe-interface.ts'
import { taskHealth } from './running/task-health.ts'
import { withOverrides } from './running/with-overrides.ts'
import { type Task, type TaskContainer, taskArn } from './task.ts'
import { taskDefinitionArn } from './task-definition.ts'

/** A task as requests and events tell of it. @see Amazon ECS API reference, Task */
export function describeTask(task: Task, tags: ReadonlyMap<string, string> = new Map()) {
  const { cluster, family, revision, cpu, memory, startedBy, stopCode, stoppedReason } = task
  const { account, region } = cluster
  return {
    taskArn: taskArn(task),
    clusterArn: clusterArn(cluster),
    taskDefinitionArn: taskDefinitionArn({ account, region, family, revision }),
    lastStatus: task.status,
    desiredStatus: task.desired,
    launchType: 'EC2' as const,
    group: task.group,
    version: task.version,
    connectivity: 'CONNECTED' as const,
    attachments: describeInterface(task),
    healthStatus: taskHealth(task),
    attributes: attributesOf(task),
    tags: Array.from(tags, ([key, value]) => ({ key, value })),
    enableExecuteCommand: task.executeCommand ?? false,
    availabilityZone: `${region}a`,
    ...(task.instance !== undefined && {
      containerInstanceArn: containerInstanceArn(cluster, task.instance),
    }),
    overrides: {
      containerOverrides: overridesOf(task),
      inferenceAcceleratorOverrides: [],
      ...task.ownOverrides,
    },
    containers: task.containers.map((container) => describeContainer(task, container)),
    createdAt: new Date(task.createdAt),
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(startedBy !== undefined && { startedBy }),
    ...(stopCode !== undefined && { stopCode }),
    ...(stoppedReason !== undefined && { stoppedReason }),
    ...timesOf(task),
  }
}

const times = [
  'pullStartedAt',
  'pullStoppedAt',
  'startedAt',
  'stoppingAt',
  'executionStoppedAt',
  'stoppedAt',
] as const

function timesOf(task: Task): Partial<Record<(typeof times)[number] | 'connectivityAt', Date>> {
  const known = times.flatMap((name) =>
    task[name] === undefined ? [] : [[name, new Date(task[name])] as const],
  )
  // The engine was there when it was first asked for an image.
  const { pullStartedAt: connectivityAt } = task
  return {
    ...Object.fromEntries(known),
    ...(connectivityAt !== undefined && { connectivityAt: new Date(connectivityAt) }),
  }
}

function attributesOf({ runtimePlatform }: Task) {
  const architecture = runtimePlatform?.cpuArchitecture
  if (architecture === undefined) return []
  return [{ name: 'ecs.cpu-architecture', value: architecture === 'ARM64' ? 'arm64' : 'x86_64' }]
}

function overridesOf({ containers, overrides }: Task) {
  return containers.map(
    ({ definition: { name } }) => overrides.find((override) => override.name === name) ?? { name },
  )
}

function describeContainer(task: Task, container: TaskContainer) {
  const { runtimeId, imageDigest, exitCode, reason, health = 'UNKNOWN' } = container
  const { definition } = withOverrides(container, task)
  const { memory, memoryReservation } = definition
  const arn = taskArn(task)
  return {
    containerArn: `${arn.replace(':task/', ':container/')}/${definition.name}`,
    taskArn: arn,
    name: definition.name,
    image: definition.image,
    lastStatus: container.status,
    networkBindings: container.bindings,
    networkInterfaces: interfacesOf(task),
    healthStatus: health,
    cpu: String(definition.cpu ?? 0),
    ...(task.executeCommand && { managedAgents: [execAgent(container)] }),
    ...(memory !== undefined && { memory: String(memory) }),
    ...(memoryReservation !== undefined && { memoryReservation: String(memoryReservation) }),
    ...(runtimeId !== undefined && { runtimeId }),
    ...(imageDigest !== undefined && { imageDigest }),
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
  }
}

/** What runs commands in a container is there as long as the container is. @see Amazon ECS API reference, ManagedAgent */
function execAgent({ status, startedAt }: TaskContainer) {
  return {
    name: 'ExecuteCommandAgent' as const,
    lastStatus: status,
    ...(startedAt !== undefined && { lastStartedAt: new Date(startedAt) }),
  }
}

function interfacesOf(task: Task) {
  const address = task.interface?.address
  if (address === undefined) return []
  return [{ attachmentId: interfaceIds(task).attachment, privateIpv4Address: address }]
}
