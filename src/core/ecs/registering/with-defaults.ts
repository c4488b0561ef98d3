import type { ContainerDefinition, HealthCheck, PortMapping } from '../container-definition.ts'
import type { NetworkMode, TaskDefinitionContent } from '../task-definition.ts'
import { readTaskCpu, readTaskMemory } from './task-size.ts'

/**
 * A task definition as ECS keeps and shows it: sizes as numbers, and what wasn't given as it is without.
 *
 * @throws EcsClientError for a size that is none
 * @see Amazon ECS developer guide, "Task definition parameters"
 */
export function withDefaults(given: TaskDefinitionContent): TaskDefinitionContent {
  const needsVpc = given.requiresCompatibilities?.includes('FARGATE') ?? false
  const networkMode = given.networkMode ?? (needsVpc ? undefined : 'bridge')
  return {
    ...given,
    ...(networkMode !== undefined && { networkMode }),
    volumes: given.volumes ?? [],
    placementConstraints: given.placementConstraints ?? [],
    containerDefinitions: given.containerDefinitions.map((one) => containerWithDefaults(one, networkMode)),
    ...(given.cpu !== undefined && { cpu: readTaskCpu(given.cpu) }),
    ...(given.memory !== undefined && { memory: readTaskMemory(given.memory) }),
  }
}

function containerWithDefaults(
  given: ContainerDefinition,
  mode: NetworkMode | undefined,
): ContainerDefinition {
  return {
    ...given,
    cpu: given.cpu ?? 0,
    portMappings: (given.portMappings ?? []).map((mapping) => portWithDefaults(mapping, mode)),
    essential: given.essential ?? true,
    environment: given.environment ?? [],
    mountPoints: given.mountPoints ?? [],
    volumesFrom: given.volumesFrom ?? [],
    systemControls: given.systemControls ?? [],
    ...(given.healthCheck !== undefined && { healthCheck: healthCheckWithDefaults(given.healthCheck) }),
  }
}

function portWithDefaults(given: PortMapping, mode: NetworkMode | undefined): PortMapping {
  const protocol = given.protocol ?? 'tcp'
  const { containerPort } = given
  if (containerPort === undefined) return { ...given, protocol }
  const hostPort = given.hostPort ?? (mode === 'bridge' ? 0 : containerPort)
  return { ...given, hostPort, protocol }
}

function healthCheckWithDefaults(given: HealthCheck): HealthCheck {
  return { interval: 30, timeout: 5, retries: 3, ...given }
}
