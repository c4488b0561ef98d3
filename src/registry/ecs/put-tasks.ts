import { serviceJob } from '../../core/ecs/scheduling/service-key.ts'
import type { Task } from '../../core/ecs/task.ts'
import { taskStateChanged } from '../../core/events/task-state-changed.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { emitEvents } from '../emit-events.ts'
import { evaluateReleased } from '../lifecycle/images-in-use.ts'
import type { Registry } from '../registry.ts'

/**
 * Keeps tasks as they are from now on: whoever changes a task does it by this. It tells of them on the default bus, and has their
 * services look at them; what only a task that has stopped held back is left to lifecycle policies. Call it once for all the tasks of a transaction.
 */
export async function putTasks(
  tx: MetadataTransaction,
  registry: Pick<Registry, 'now' | 'newId' | 'extraEvents'>,
  tasks: readonly Task[],
): Promise<void> {
  const at = registry.now()
  for (const task of tasks) {
    await tx.tasks.put(task)
    if (task.status === 'STOPPED') await evaluateReleased(tx, task, at)
  }
  for (const service of servicesOf(tasks).values()) await tx.jobs.add(service, at)
  await emitEvents(
    tx,
    registry,
    tasks.map((task) => taskStateChanged(task, at)),
  )
}

function servicesOf(tasks: readonly Task[]) {
  const jobs = tasks.flatMap(({ cluster, service }) =>
    service === undefined ? [] : serviceJob({ cluster, name: service }),
  )
  return new Map(jobs.map((job) => [job.key, job]))
}
