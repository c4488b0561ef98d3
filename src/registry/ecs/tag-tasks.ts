import { managedTags } from '../../core/ecs/managed-tags.ts'
import type { Service } from '../../core/ecs/scheduling/service.ts'
import { serviceArn } from '../../core/ecs/scheduling/service-key.ts'
import type { TaskStart } from '../../core/ecs/scheduling/turn.ts'
import { taskArn } from '../../core/ecs/task.ts'
import { taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'

/** Gives new tasks of a service the tags that it passes on. @see Amazon ECS API reference, CreateService, propagateTags */
export async function tagTasks(
  tx: MetadataTransaction,
  service: Service,
  starts: readonly TaskStart[],
): Promise<void> {
  const { cluster, name, propagateTags, hasManagedTags = false } = service
  if (propagateTags === undefined && !hasManagedTags) return
  const managed = hasManagedTags ? managedTags({ cluster, service: name }) : []
  for (const { id, deployment } of starts) {
    const { account, region } = cluster
    const definition = taskDefinitionArn({ account, region, ...deployment })
    const source = propagateTags === 'SERVICE' ? serviceArn(service) : definition
    const passedOn = propagateTags === undefined ? [] : await tx.arnTags.of(source)
    await tx.arnTags.put(taskArn({ cluster, id }), new Map([...passedOn, ...managed]))
  }
}
