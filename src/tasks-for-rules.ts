import type { Authoriser } from './access/authoriser.ts'
import type { StartTasks } from './messaging/start-tasks.ts'
import type { Registry } from './registry/registry.ts'
import type { EcsExecContext } from './services/ecs/ecs-action.ts'

/** Runs tasks of ECS for rules of EventBridge; loaded with the first of them. */
export function tasksForRules(
  registry: Registry,
  authoriser: Authoriser,
  findInstance: EcsExecContext['findInstance'],
): StartTasks {
  return async (request) => {
    const { runTasksForRules } = await import('./services/ecs/run-tasks-for-rules.ts')
    return runTasksForRules({ registry, findInstance }, authoriser)(request)
  }
}
