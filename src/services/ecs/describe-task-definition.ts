import type { DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse } from '@aws-sdk/client-ecs'
import { EcsClientError } from '../../core/ecs/errors.ts'
import { taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import { parseTaskDefinition } from '../../core/ecs/task-definition-reference.ts'
import type { EcsAction } from './ecs-action.ts'
import { findTaskDefinition } from './find-task-definition.ts'
import { onNothing } from './permissions.ts'
import { requireOwn } from './require-own.ts'
import { tagShapes } from './tags.ts'
import { taskDefinitionShape } from './task-definition-shape.ts'

/** @see Amazon ECS API reference, DescribeTaskDefinition */
export const describeTaskDefinition: EcsAction<
  DescribeTaskDefinitionRequest,
  DescribeTaskDefinitionResponse
> = {
  operation: 'DescribeTaskDefinition',
  permissions: onNothing('ecs:DescribeTaskDefinition'),
  async run({ taskDefinition, include = [] }, call, { registry: { metadata } }) {
    const reference = requireOwn(parseTaskDefinition(taskDefinition, call.registry), call)
    const found = await findTaskDefinition(metadata, reference)
    if (found === undefined) throw new EcsClientError('Unable to describe task definition.')
    const shape = { taskDefinition: taskDefinitionShape(found) }
    if (!include.includes('TAGS')) return shape
    return { ...shape, tags: tagShapes(await metadata.arnTags.of(taskDefinitionArn(found))) }
  },
}
