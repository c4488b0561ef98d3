import type { ServiceKey } from '../../core/ecs/scheduling/service-key.ts'
import type { TaskCounts, TaskReader } from '../../stores/metadata/tasks.ts'
import type { EcsContext } from './ecs-action.ts'

/**
 * How many tasks each deployment of a service has, by its id. Where nobody has looked which of them still run, all are yet to: nobody who waits
 * for a service to be stable takes what ran before for it.
 */
export async function countTasks(
  tasks: Pick<TaskReader, 'countsByDeployment'>,
  key: ServiceKey,
  { hasLooked }: Pick<EcsContext, 'hasLooked'>,
): Promise<ReadonlyMap<string, TaskCounts>> {
  const counts = await tasks.countsByDeployment(key)
  if (hasLooked()) return counts
  return new Map(
    [...counts].map(([id, { running, pending }]) => [id, { running: 0, pending: running + pending }]),
  )
}
