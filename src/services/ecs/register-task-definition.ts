import type { RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse } from '@aws-sdk/client-ecs'
import type { Permission } from '../../access/permission.ts'
import { checkTaskDefinition } from '../../core/ecs/registering/check-task-definition.ts'
import { familyArn, taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import type { EcsAction } from './ecs-action.ts'
import { creationPermissions, readTags, tagShapes } from './tags.ts'
import { taskDefinitionShape } from './task-definition-shape.ts'
import { passRoles } from './task-roles.ts'

/** Adds the next revision of a family. @see Amazon ECS API reference, RegisterTaskDefinition */
export const registerTaskDefinition: EcsAction<
  RegisterTaskDefinitionRequest,
  RegisterTaskDefinitionResponse
> = {
  operation: 'RegisterTaskDefinition',
  permissions,
  async run({ family, tags: givenTags, ...given }, { registry: { account, region }, caller }, { registry }) {
    const content = checkTaskDefinition(family, given)
    const tags = readTags(givenTags)
    return registry.metadata.write(async (tx) => {
      const revision = await tx.taskDefinitions.nextRevision({ account, region, family })
      const registered = { registeredBy: caller.arn, registeredAt: registry.now() }
      const definition = {
        account,
        region,
        family,
        revision,
        status: 'ACTIVE',
        content,
        ...registered,
      } as const
      await tx.taskDefinitions.put(definition)
      await tx.arnTags.put(taskDefinitionArn(definition), tags)
      return { taskDefinition: taskDefinitionShape(definition), tags: tagShapes(tags) }
    })
  },
}

function permissions(
  input: Checked<RegisterTaskDefinitionRequest>,
  { registry }: Call,
): readonly Permission[] {
  const owner = registry.account
  const resource = `${familyArn({ ...registry, family: input.family })}:*`
  const creation = { action: 'ecs:RegisterTaskDefinition', resource, owner }
  return [...creationPermissions(creation, resource, readTags(input.tags)), ...passRoles(input, owner)]
}
