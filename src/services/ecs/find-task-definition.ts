import type { TaskDefinition } from '../../core/ecs/task-definition.ts'
import type { TaskDefinitionReference } from '../../core/ecs/task-definition-reference.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/** The revision that is named, or a family's latest active one. */
export async function findTaskDefinition(
  { taskDefinitions }: Pick<MetadataReader, 'taskDefinitions'>,
  { revision, ...family }: TaskDefinitionReference,
): Promise<TaskDefinition | undefined> {
  return revision === undefined
    ? taskDefinitions.latest(family)
    : taskDefinitions.find({ ...family, revision })
}
