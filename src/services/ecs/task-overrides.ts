import type { TaskOverride } from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { ContainerOverride } from '../../core/ecs/task.ts'
import type { TaskDefinitionContent } from '../../core/ecs/task-definition.ts'
import type { Checked } from '../checked.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'

/** What a request changes of a task's containers. @throws EcsInvalidParameterError for one that isn't there, and for what Berth doesn't change */
export function readOverrides(
  { containerOverrides = [], ...rest }: Checked<TaskOverride> = {},
  { containerDefinitions }: TaskDefinitionContent,
): readonly ContainerOverride[] {
  refuseUnoffered(rest, Object.keys(rest))
  for (const { name = '', command: _, environment: __, ...others } of containerOverrides) {
    refuseUnoffered(others, Object.keys(others))
    if (containerDefinitions.some((container) => container.name === name)) continue
    throw new EcsInvalidParameterError(
      `Override for container named ${name} is not a container in the TaskDefinition.`,
    )
  }
  return containerOverrides
}
