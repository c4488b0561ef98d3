import { EcsClientError } from '../../core/ecs/errors.ts'
import type { TaskDefinition } from '../../core/ecs/task-definition.ts'
import { parseTaskDefinition } from '../../core/ecs/task-definition-reference.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Call } from '../service.ts'
import { findTaskDefinition } from './find-task-definition.ts'
import { requireOwn } from './require-own.ts'

/** The revision that a request names, or a family's latest. @throws EcsClientError, EcsInvalidParameterError unless it may be run */
export async function activeDefinition(
  metadata: Pick<MetadataReader, 'taskDefinitions'>,
  name: string,
  call: Call,
): Promise<TaskDefinition> {
  const definition = await findTaskDefinition(
    metadata,
    requireOwn(parseTaskDefinition(name, call.registry), call),
  )
  if (definition === undefined) throw new EcsClientError('TaskDefinition not found.')
  if (definition.status !== 'ACTIVE') throw new EcsClientError('TaskDefinition is inactive')
  return definition
}
