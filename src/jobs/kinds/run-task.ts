import type { TaskWork } from '../../containers/task-work.ts'
import { readTaskJob, taskJobKind } from '../../core/ecs/task.ts'
import type { JobKind } from '../job-kind.ts'

/** Keeps tasks of ECS as they should be. What that takes is loaded with the first task. */
export function runTaskKind(open: () => Promise<TaskWork>): JobKind {
  return {
    name: taskJobKind,
    atOnce: 8,
    async run({ key }) {
      const { reconcileTask } = await import('../../containers/reconcile-task.ts')
      return reconcileTask(await open(), readTaskJob(key))
    },
  }
}
