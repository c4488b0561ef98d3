import type { ContainerDefinition } from '../container-definition.ts'
import type { TaskDefinitionContent } from '../task-definition.ts'
import { isEcrImage } from './fargate.ts'

const dockerApi = 'com.amazonaws.ecs.capability.docker-remote-api'

/**
 * What an instance must be able to do to run a task, in alphabetical order.
 *
 * @see Amazon ECS developer guide, "Amazon ECS container instance attributes"
 */
export function requiredAttributes(task: TaskDefinitionContent): readonly string[] {
  const { executionRoleArn, taskRoleArn, networkMode, containerDefinitions: containers } = task
  const hasExecutionRole = executionRoleArn !== undefined
  const some = (is: (container: ContainerDefinition) => boolean) => containers.some(is)
  const pulls = some(({ image }) => isEcrImage(image))
  const logs = some(({ logConfiguration }) => logConfiguration?.logDriver === 'awslogs')
  const drivers = containers.flatMap(({ logConfiguration: log }) => log?.logDriver ?? [])
  const needs: readonly (readonly [boolean, string])[] = [
    [networkMode === 'awsvpc', 'ecs.capability.task-eni'],
    [networkMode === 'awsvpc', `${dockerApi}.1.18`],
    [taskRoleArn !== undefined, 'com.amazonaws.ecs.capability.task-iam-role'],
    [pulls, 'com.amazonaws.ecs.capability.ecr-auth'],
    [pulls || logs, `${dockerApi}.1.19`],
    [pulls && hasExecutionRole, 'ecs.capability.execution-role-ecr-pull'],
    [logs && hasExecutionRole, 'ecs.capability.execution-role-awslogs'],
    [some(({ memoryReservation }) => memoryReservation !== undefined), `${dockerApi}.1.21`],
    [some(({ healthCheck }) => healthCheck !== undefined), 'ecs.capability.container-health-check'],
    [some(({ healthCheck }) => healthCheck !== undefined), `${dockerApi}.1.24`],
    [some(({ dependsOn }) => dependsOn !== undefined), 'ecs.capability.container-ordering'],
    [some(({ privileged }) => privileged === true), 'com.amazonaws.ecs.capability.privileged-container'],
    ...drivers.map((driver) => [true, `com.amazonaws.ecs.capability.logging-driver.${driver}`] as const),
  ]
  const names = needs.filter(([isNeeded]) => isNeeded).map(([, name]) => name)
  return [...new Set(names)].toSorted()
}
