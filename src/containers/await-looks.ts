import { setTimeout as pause } from 'node:timers/promises'
import { hasEnded } from '../core/ecs/running/ended-with-engine.ts'
import type { TaskKey } from '../core/ecs/task.ts'
import type { TaskWork } from './task-work.ts'

type LookWork = Pick<TaskWork, 'engine' | 'registry'>

/** How often is asked whether a task's job has looked at it, in milliseconds. */
const askEvery = 100

/**
 * Resolves once none of these tasks is told to run though the engine shows that it doesn't. To see to that is the work of their jobs, whichever
 * process of this Berth has them.
 *
 * @throws EngineUnreachableError, the signal's reason
 */
export async function awaitLooks(
  work: LookWork,
  tasks: readonly TaskKey[],
  signal: AbortSignal,
): Promise<void> {
  for (const task of tasks) {
    while (await isOutdated(work, task)) await pause(askEvery, undefined, { signal })
  }
}

async function isOutdated({ engine, registry }: LookWork, key: TaskKey): Promise<boolean> {
  const task = await registry.metadata.tasks.find(key)
  if (task?.status !== 'RUNNING' || task.desired !== 'RUNNING') return false
  return hasEnded(task, { ...(await engine.look(task)), isBusy: false })
}
