import { EcsClientError } from '../errors.ts'
import { checkConstraints } from '../placement/constraints.ts'
import type { TaskDefinitionContent } from '../task-definition.ts'
import { isFamily } from '../task-definition-reference.ts'
import { checkContainer } from './check-container.ts'
import { checkTogether } from './check-together.ts'
import { fargateFault } from './fargate.ts'
import { withDefaults } from './with-defaults.ts'

/** Characters of a task definition as JSON. @see Amazon ECS developer guide, "Amazon ECS service quotas" */
const mostCharacters = 65_536

/**
 * Checks what RegisterTaskDefinition is given and answers it as it is registered.
 *
 * @throws EcsClientError with ECS's text for the first thing that is wrong
 * @throws EcsInvalidParameterError for a placement constraint that is none
 * @see Amazon ECS API reference, RegisterTaskDefinition
 */
export function checkTaskDefinition(family: string, given: TaskDefinitionContent): TaskDefinitionContent {
  if (family === '') throw new EcsClientError('Family should not be null or empty.')
  if (!isFamily(family)) throw new EcsClientError('Family contains invalid characters.')
  if (given.containerDefinitions.length === 0) throw new EcsClientError('Container list cannot be empty.')
  checkLength(given)
  const task = withDefaults(given)
  for (const container of task.containerDefinitions) checkContainer(container, task)
  checkTogether(task)
  checkConstraints(task.placementConstraints ?? [])
  checkRole(task.taskRoleArn)
  checkRole(task.executionRoleArn)
  const fault = task.requiresCompatibilities?.includes('FARGATE') ? fargateFault(task) : undefined
  if (fault !== undefined) throw new EcsClientError(fault)
  return task
}

function checkLength(given: TaskDefinitionContent): void {
  const { length } = JSON.stringify(given)
  if (length <= mostCharacters) return
  throw new EcsClientError(`Actual length: '${length}'. Max allowed length is '${mostCharacters}' bytes.`)
}

function checkRole(role: string | undefined): void {
  if (role === undefined || /^(arn:aws:iam::\d{12}:role\/([\w+=,.@-]+\/)*)?[\w+=,.@-]{1,64}$/.test(role))
    return
  throw new EcsClientError('Role is not valid')
}
