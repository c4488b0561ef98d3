import type { TaskOverride } from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { checkEnvironmentFiles } from '../../core/ecs/registering/check-environment-files.ts'
import { readTaskCpu, readTaskMemory } from '../../core/ecs/registering/task-size.ts'
import type { ContainerOverride, OwnOverrides } from '../../core/ecs/task.ts'
import type { TaskDefinitionContent } from '../../core/ecs/task-definition.ts'
import type { Checked } from '../checked.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'

/** What a request changes of a task's containers. @throws EcsInvalidParameterError for one that isn't there, and for what Berth doesn't change */
export function readOverrides(
  { containerOverrides = [] }: Checked<TaskOverride> = {},
  { containerDefinitions }: TaskDefinitionContent,
): readonly ContainerOverride[] {
  for (const { name = '', ...given } of containerOverrides) {
    refuseUnoffered(given, ['resourceRequirements'])
    checkEnvironmentFiles({ name, ...given })
    const known = containerDefinitions.find((container) => container.name === name)
    if (known === undefined) {
      throw new EcsInvalidParameterError(
        `Override for container named ${name} is not a container in the TaskDefinition.`,
      )
    }
    checkMemory({ ...known, ...given }, name)
  }
  return containerOverrides
}

/** What a request changes of the task itself; undefined when nothing. @throws EcsInvalidParameterError, EcsClientError */
export function readOwnOverrides({
  containerOverrides: _,
  cpu,
  memory,
  taskRoleArn,
  executionRoleArn,
  ...others
}: Checked<TaskOverride> = {}): OwnOverrides | undefined {
  refuseUnoffered(others, Object.keys(others))
  const own = {
    ...(cpu !== undefined && { cpu: readTaskCpu(cpu) }),
    ...(memory !== undefined && { memory: readTaskMemory(memory) }),
    ...(taskRoleArn !== undefined && { taskRoleArn }),
    ...(executionRoleArn !== undefined && { executionRoleArn }),
  }
  return Object.keys(own).length > 0 ? own : undefined
}

/** What Docker itself asks for, and that what is kept for a container is no more than it may have. */
function checkMemory({ memory, memoryReservation }: ContainerOverride, name: string): void {
  const isTooLittle = [memory, memoryReservation].some((size) => size !== undefined && size < 6)
  if (!isTooLittle && (memory === undefined || memory >= (memoryReservation ?? 0))) return
  throw new EcsInvalidParameterError(`Invalid memory setting in the override for container named ${name}.`)
}
