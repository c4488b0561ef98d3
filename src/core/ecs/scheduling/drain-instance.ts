import { fewestHealthy } from './service.ts'
import { isUp } from './service-task.ts'
import { leastUsefulFirst, stop, unprotected } from './stop-tasks.ts'
import { liveTasks, type SchedulerSurroundings, type Turn } from './turn.ts'

/**
 * Stops tasks on an instance that drains: those that don't run yet, and others as long as enough stay healthy. Since there is no other
 * instance, nothing takes their place.
 *
 * @see Amazon ECS developer guide, "Draining Amazon ECS container instances"
 */
export function drainInstance(turn: Turn, around: SchedulerSurroundings): Turn {
  if (!around.isDraining) return turn
  const live = liveTasks(turn)
  const running = live.filter(({ task }) => task.phase === 'running')
  const healthy = running.filter(({ task }) => isUp(task, around)).length
  const mayGo = Math.max(0, running.length - Math.min(healthy, fewestHealthy(turn.service)))
  const idle = stop(
    turn,
    live.filter(({ task }) => task.phase === 'pending'),
  )
  return stop(idle, leastUsefulFirst(unprotected(running, around.at), around).slice(0, mayGo))
}
