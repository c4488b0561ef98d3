import type { TaskDefinition as TaskDefinitionShape } from '@aws-sdk/client-ecs'
import { compatibilitiesOf } from '../../core/ecs/registering/compatibilities.ts'
import { requiredAttributes } from '../../core/ecs/registering/required-attributes.ts'
import { type TaskDefinition, taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import type { Checked } from '../checked.ts'

/** @see Amazon ECS API reference, TaskDefinition */
export function taskDefinitionShape(definition: TaskDefinition): Checked<TaskDefinitionShape> {
  const { family, revision, status, content, registeredAt, registeredBy, deregisteredAt } = definition
  return {
    ...content,
    taskDefinitionArn: taskDefinitionArn(definition),
    family,
    revision,
    status,
    requiresAttributes: requiredAttributes(content).map((name) => ({ name })),
    compatibilities: compatibilitiesOf(content),
    registeredAt,
    registeredBy,
    ...(deregisteredAt !== undefined && { deregisteredAt }),
  }
}
