import { stopping } from '../../core/ecs/step-task.ts'
import { taskJob } from '../../core/ecs/task.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Registry } from '../registry.ts'

/**
 * Deletes every cluster, service and task definition of every account and region and all settings of ECS, and has the tasks stop that still run: what they have
 * on the engine goes with them.
 */
export async function resetEcs(tx: MetadataTransaction, { now }: Pick<Registry, 'now'>): Promise<void> {
  await tx.services.deleteAll()
  await tx.clusters.deleteAll()
  await tx.taskDefinitions.deleteAll()
  await tx.serviceDeployments.deleteAll()
  await tx.containerInstances.deleteAll()
  await tx.ecsAccountSettings.deleteAll()
  await tx.clientTokens.deleteAll()
  for (const { cluster, id } of await tx.tasks.remaining()) {
    const task = await tx.tasks.lock({ cluster, id })
    if (task === undefined) continue
    await tx.tasks.put(stopping(task, 'UserInitiated', 'Task stopped by user', now().getTime()))
    await tx.jobs.add(taskJob(task), now())
  }
}
