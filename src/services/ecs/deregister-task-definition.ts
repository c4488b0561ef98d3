import type { DeregisterTaskDefinitionRequest, DeregisterTaskDefinitionResponse } from '@aws-sdk/client-ecs'
import { EcsClientError } from '../../core/ecs/errors.ts'
import { parseRevision } from '../../core/ecs/task-definition-reference.ts'
import type { EcsAction } from './ecs-action.ts'
import { onNothing } from './permissions.ts'
import { requireOwn } from './require-own.ts'
import { taskDefinitionShape } from './task-definition-shape.ts'

/** Makes a revision inactive; one that is so already stays as it is. @see Amazon ECS API reference, DeregisterTaskDefinition */
export const deregisterTaskDefinition: EcsAction<
  DeregisterTaskDefinitionRequest,
  DeregisterTaskDefinitionResponse
> = {
  operation: 'DeregisterTaskDefinition',
  permissions: onNothing('ecs:DeregisterTaskDefinition'),
  async run(input, call, { registry: { metadata, now } }) {
    const key = requireOwn(parseRevision(input.taskDefinition, call.registry), call)
    return metadata.write(async (tx) => {
      const known = await tx.taskDefinitions.find(key)
      if (known === undefined) throw new EcsClientError('Unable to describe task definition.')
      if (known.status === 'INACTIVE') return { taskDefinition: taskDefinitionShape(known) }
      const inactive = { ...known, status: 'INACTIVE', deregisteredAt: now() } as const
      await tx.taskDefinitions.put(inactive)
      return { taskDefinition: taskDefinitionShape(inactive) }
    })
  },
}
