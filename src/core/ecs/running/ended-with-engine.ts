import type { Task } from '../task.ts'
import { needsPause, type SeenTask, seenOf } from './seen-task.ts'

/**
 * Whether something of a task that was there has ended, or is gone: by itself, with its engine, or while nobody could tell.
 *
 * @param task as it was before this look
 */
export function hasEnded(task: Task, seen: SeenTask): boolean {
  return endsOf(task, seen).length > 0
}

/**
 * Whether something of a task has ended in a way that says nothing of what it runs: its engine went away since, or wasn't known to run when it
 * happened, or somebody has removed it.
 *
 * @param task as it was before this look
 */
export function hasEndedWithEngine(task: Task, seen: SeenTask): boolean {
  return endsOf(task, seen).some((end) => isOfEngine(end, seen))
}

/** Whether an end may have been the engine's. @param endedAt undefined of what the engine doesn't know when it ended */
export function isOfEngine(
  { endedAt }: { readonly endedAt?: number },
  { engineUpSince = Number.POSITIVE_INFINITY }: Pick<SeenTask, 'engineUpSince'>,
): boolean {
  return endedAt === undefined || endedAt <= engineUpSince
}

/** When what ended since the last look did. */
function endsOf(task: Task, seen: SeenTask): readonly { readonly endedAt?: number }[] {
  const containers = task.containers.flatMap((one) => {
    const found = seenOf(one, seen)
    const isGone = found === undefined ? one.status === 'RUNNING' : found.state === 'exited'
    return one.status !== 'STOPPED' && isGone ? [found ?? {}] : []
  })
  const hasLostBase = needsPause(task) && task.status === 'RUNNING' && !seen.pause?.isRunning
  return hasLostBase ? [...containers, seen.pause ?? {}] : containers
}
