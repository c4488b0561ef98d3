import type { TaskWork } from '../../containers/task-work.ts'
import { readServiceJob, serviceJobKind } from '../../core/ecs/scheduling/service-key.ts'
import type { JobKind } from '../job-kind.ts'

/** Keeps services of ECS as they should be. What that takes is loaded with the first of them. */
export function runServiceKind(open: () => Promise<TaskWork>): JobKind {
  return {
    name: serviceJobKind,
    atOnce: 4,
    async run({ key }) {
      const { reconcileService } = await import('../../containers/reconcile-service.ts')
      return reconcileService(await open(), readServiceJob(key))
    },
  }
}
