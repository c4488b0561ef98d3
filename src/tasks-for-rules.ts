import type { Authoriser } from './access/authoriser.ts'
import type { StartTasks } from './messaging/start-tasks.ts'
import type { Registry } from './registry/registry.ts'
import type { EcsInstanceContext } from './services/ecs/ecs-action.ts'

/** Runs tasks of ECS for rules of EventBridge; loaded with the first of them. */
export function tasksForRules(
  registry: Registry,
  authoriser: Authoriser,
  machine: Pick<EcsInstanceContext, 'findInstance' | 'findDigests' | 'hasLooked'>,
): StartTasks {
  return async (request) => {
    const { runTasksForRules } = await import('./services/ecs/run-tasks-for-rules.ts')
    return runTasksForRules({ registry, ...machine }, authoriser)(request)
  }
}
