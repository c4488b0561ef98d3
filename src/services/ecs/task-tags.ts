import type { PropagateTags, Tag } from '@aws-sdk/client-ecs'
import type { ClusterKey } from '../../core/ecs/cluster.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { managedTags } from '../../core/ecs/managed-tags.ts'
import { type TaskDefinitionKey, taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import { checkTagCount, readTags } from './tags.ts'

interface TagRequest {
  readonly tags?: Checked<readonly Tag[]>
  readonly propagateTags?: PropagateTags
  readonly enableECSManagedTags?: boolean
}

/**
 * The tags of a task that is asked for by itself: those of its definition if they are to be passed on, those of the request, and those that
 * ECS adds.
 *
 * @throws EcsInvalidParameterError, InvalidTagParameterError
 */
export async function readTaskTags(
  { arnTags }: Pick<MetadataReader, 'arnTags'>,
  { tags, propagateTags = 'NONE', enableECSManagedTags = false }: TagRequest,
  { cluster, definition }: { readonly cluster: ClusterKey; readonly definition: TaskDefinitionKey },
): Promise<ReadonlyMap<string, string>> {
  if (propagateTags === 'SERVICE') {
    throw new EcsInvalidParameterError(
      'The task is started by no service: propagateTags can be TASK_DEFINITION or NONE.',
    )
  }
  const passedOn =
    propagateTags === 'TASK_DEFINITION' ? await arnTags.of(taskDefinitionArn(definition)) : new Map()
  const all = new Map([...passedOn, ...readTags(tags)])
  checkTagCount(all, new Map())
  return enableECSManagedTags ? new Map([...all, ...managedTags({ cluster })]) : all
}
