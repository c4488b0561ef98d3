import { clusterArn } from './cluster.ts'
import { type Task, type TaskContainer, taskArn } from './task.ts'
import { taskDefinitionArn } from './task-definition.ts'

/** A task as requests and events tell of it. @see Amazon ECS API reference, Task */
export function describeTask(task: Task) {
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
    attachments: [],
    attributes: [],
    tags: [],
    enableExecuteCommand: false,
    overrides: { containerOverrides: overridesOf(task), inferenceAcceleratorOverrides: [] },
    containers: task.containers.map((container) => describeContainer(task, container)),
    createdAt: new Date(task.createdAt),
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(startedBy !== undefined && { startedBy }),
    ...(stopCode !== undefined && { stopCode }),
    ...(stoppedReason !== undefined && { stoppedReason }),
    ...(task.startedAt !== undefined && { startedAt: new Date(task.startedAt) }),
    ...(task.stoppingAt !== undefined && { stoppingAt: new Date(task.stoppingAt) }),
    ...(task.stoppedAt !== undefined && { stoppedAt: new Date(task.stoppedAt) }),
  }
}

function overridesOf({ containers, overrides }: Task) {
  return containers.map(
    ({ definition: { name } }) => overrides.find((override) => override.name === name) ?? { name },
  )
}

function describeContainer(task: Task, container: TaskContainer) {
  const { definition, runtimeId, imageDigest, exitCode, reason } = container
  const { memory, memoryReservation } = definition
  const arn = taskArn(task)
  return {
    containerArn: `${arn.replace(':task/', ':container/')}/${definition.name}`,
    taskArn: arn,
    name: definition.name,
    image: definition.image,
    lastStatus: container.status,
    networkBindings: container.bindings,
    networkInterfaces: [],
    cpu: String(definition.cpu ?? 0),
    ...(memory !== undefined && { memory: String(memory) }),
    ...(memoryReservation !== undefined && { memoryReservation: String(memoryReservation) }),
    ...(runtimeId !== undefined && { runtimeId }),
    ...(imageDigest !== undefined && { imageDigest }),
    ...(exitCode !== undefined && { exitCode }),
    ...(reason !== undefined && { reason }),
  }
}
