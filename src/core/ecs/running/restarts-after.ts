import type { TaskContainer } from '../task.ts'
import type { SeenContainer } from './seen-task.ts'

/** Seconds that a container must have run to be started again, unless its policy says. */
const defaultPeriod = 300

/**
 * Whether a container that has ended is to be started again in its task: it has a restart policy, ran for as long as that asks for, and
 * ended with a code that it doesn't ignore.
 *
 * @see Amazon ECS API reference, ContainerRestartPolicy
 */
export function restartsAfter({ definition }: TaskContainer, seen: SeenContainer): boolean {
  const { restartPolicy: policy } = definition
  const { state, startedAt, endedAt, exitCode } = seen
  if (!policy?.enabled || state !== 'exited') return false
  if (startedAt === undefined || endedAt === undefined || exitCode === undefined) return false
  const { ignoredExitCodes = [], restartAttemptPeriod = defaultPeriod } = policy
  return !ignoredExitCodes.includes(exitCode) && endedAt - startedAt >= restartAttemptPeriod * 1000
}
