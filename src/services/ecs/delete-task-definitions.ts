import type {
  DeleteTaskDefinitionsRequest,
  DeleteTaskDefinitionsResponse,
  Failure,
  TaskDefinition as TaskDefinitionShape,
} from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { type TaskDefinitionKey, taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import { parseRevision } from '../../core/ecs/task-definition-reference.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import type { EcsAction } from './ecs-action.ts'
import { requireOwn } from './require-own.ts'
import { taskDefinitionShape } from './task-definition-shape.ts'

const mostReferences = 10
const doesNotExist =
  'The specified task definition does not exist. Specify a valid account, family, revision and try again.'
const isActive =
  'The specified task definition is still in ACTIVE status. Please deregister the target and try again.'

/** Deletes inactive revisions; each of the others is a failure. @see Amazon ECS API reference, DeleteTaskDefinitions */
export const deleteTaskDefinitions: EcsAction<DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse> = {
  operation: 'DeleteTaskDefinitions',
  permissions: (input, call) =>
    requested(input.taskDefinitions, call).map((key) => ({
      action: 'ecs:DeleteTaskDefinitions',
      resource: taskDefinitionArn(key),
      owner: key.account,
    })),
  async run(input, call, { registry: { metadata, now } }) {
    const keys = requested(input.taskDefinitions, call)
    return metadata.write(async (tx) => {
      const taskDefinitions: Checked<TaskDefinitionShape>[] = []
      const failures: Checked<Failure>[] = []
      for (const key of keys) {
        const result = await deleteOne(tx, key, now())
        if ('reason' in result) failures.push(result)
        else taskDefinitions.push(result)
      }
      return { taskDefinitions, failures }
    })
  },
}

function requested(references: readonly string[], call: Call): readonly TaskDefinitionKey[] {
  if (references.length === 0) {
    throw new EcsInvalidParameterError('size of TaskDefinition references list must be greater than 0')
  }
  if (references.length > mostReferences) {
    throw new EcsInvalidParameterError(
      `Size of TaskDefinition references list cannot exceed ${mostReferences}`,
    )
  }
  return references.map((reference) => requireOwn(parseRevision(reference, call.registry), call))
}

async function deleteOne(
  tx: MetadataTransaction,
  key: TaskDefinitionKey,
  at: Date,
): Promise<Checked<TaskDefinitionShape> | { readonly arn: string; readonly reason: string }> {
  const arn = taskDefinitionArn(key)
  const known = await tx.taskDefinitions.find(key)
  if (known === undefined) return { arn, reason: doesNotExist }
  if (known.status === 'ACTIVE') return { arn, reason: isActive }
  await tx.taskDefinitions.delete(key)
  await tx.arnTags.clear(arn)
  return { ...taskDefinitionShape(known), status: 'DELETE_IN_PROGRESS', deleteRequestedAt: at }
}
