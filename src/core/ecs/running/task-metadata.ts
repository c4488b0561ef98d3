import { clusterArn } from '../cluster.ts'
import { type Task, type TaskContainer, taskArn } from '../task.ts'
import { withOverrides } from './with-overrides.ts'

/**
 * What a task is told of itself.
 *
 * @see Amazon ECS developer guide, "Amazon ECS task metadata endpoint version 4", task metadata JSON response
 */
export function taskMetadata(task: Task): object {
  const { cluster, family, revision, desired, status, cpu, memory, pullStartedAt, pullStoppedAt } = task
  return {
    Cluster: clusterArn(cluster),
    TaskARN: taskArn(task),
    Family: family,
    Revision: String(revision),
    DesiredStatus: desired,
    KnownStatus: status,
    ...((cpu !== undefined || memory !== undefined) && {
      Limits: {
        ...(cpu !== undefined && { CPU: Number(cpu) / 1024 }),
        ...(memory !== undefined && { Memory: Number(memory) }),
      },
    }),
    ...timeOf('PullStartedAt', pullStartedAt),
    ...timeOf('PullStoppedAt', pullStoppedAt),
    LaunchType: 'EC2',
    Containers: task.containers.map((container) => containerMetadata(task, container)),
  }
}

/** What a container is told of itself. @see the same, container metadata JSON response */
export function containerMetadata(task: Task, container: TaskContainer): object {
  const { runtimeId, status, imageDigest, startedAt, health, exitCode, bindings, restarts } = container
  const {
    name,
    image,
    cpu = 0,
    memory,
    logConfiguration,
    dockerLabels,
    restartPolicy,
  } = withOverrides(container, task).definition
  return {
    ...(runtimeId !== undefined && { DockerId: runtimeId }),
    Name: name,
    Image: image,
    ...(imageDigest !== undefined && { ImageID: imageDigest }),
    Labels: {
      ...dockerLabels,
      'com.amazonaws.ecs.cluster': task.cluster.name,
      'com.amazonaws.ecs.container-name': name,
      'com.amazonaws.ecs.task-arn': taskArn(task),
      'com.amazonaws.ecs.task-definition-family': task.family,
      'com.amazonaws.ecs.task-definition-version': String(task.revision),
    },
    DesiredStatus: task.desired,
    KnownStatus: status,
    Limits: { CPU: cpu, ...(memory !== undefined && { Memory: memory }) },
    ...(restartPolicy?.enabled && { RestartCount: restarts?.count ?? 0 }),
    ...timeOf('CreatedAt', startedAt),
    ...timeOf('StartedAt', startedAt),
    ...(exitCode !== undefined && { ExitCode: exitCode }),
    ...(health !== undefined && { Health: { status: health } }),
    Type: 'NORMAL',
    ...(bindings.length > 0 && {
      Ports: bindings.map(({ containerPort, hostPort, protocol, bindIP }) => ({
        ContainerPort: containerPort,
        HostPort: hostPort,
        Protocol: protocol,
        HostIp: bindIP,
      })),
    }),
    ...(logConfiguration && {
      LogDriver: logConfiguration.logDriver,
      LogOptions: logConfiguration.options ?? {},
    }),
    ContainerARN: `${taskArn(task).replace(':task/', ':container/')}/${name}`,
    Networks: [networkOf(task)],
  }
}

function networkOf({ networkMode, interface: own }: Task): object {
  if (own?.address === undefined) return { NetworkMode: networkMode }
  return {
    NetworkMode: networkMode,
    IPv4Addresses: [own.address],
    ...(own.mac !== undefined && { MACAddress: own.mac }),
  }
}

function timeOf(name: string, time: number | undefined): object {
  return time === undefined ? {} : { [name]: new Date(time).toISOString() }
}
