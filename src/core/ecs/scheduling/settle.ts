import type { Deployment } from './deployment.ts'
import { type HealthRule, isUp, type ServiceTask } from './service-task.ts'
import type { Turn } from './turn.ts'

const second = 1000
const longestBackOff = 15 * 60 * second

/** Takes note of what has become of the tasks that deployments count on. */
export function settle(turn: Turn, around: HealthRule): Turn {
  const deployments = turn.service.deployments.map((one) => settleDeployment(one, turn.seen, around))
  return { ...turn, service: { ...turn.service, deployments } }
}

function settleDeployment(
  deployment: Deployment,
  seen: ReadonlyMap<string, ServiceTask>,
  around: HealthRule,
): Deployment {
  const failures = deployment.tasks.filter(
    ({ id, hasBeenUp }) => !hasBeenUp && seen.get(id)?.endedByItself,
  ).length
  const tasks = deployment.tasks.flatMap((known) => {
    const task = seen.get(known.id)
    if (task?.phase !== 'pending' && task?.phase !== 'running') return []
    return [{ ...known, hasBeenUp: known.hasBeenUp || isUp(task, around) }]
  })
  const before = new Set(deployment.tasks.filter(({ hasBeenUp }) => hasBeenUp).map(({ id }) => id))
  const cameUp = tasks.some(({ id, hasBeenUp }) => hasBeenUp && !before.has(id))
  const settled = { ...deployment, tasks, ...(cameUp ? cleared : {}) }
  return withFailures(settled, { failures, strikes: settled.hasBeenUp ? 0 : failures }, around.at)
}

/** What a task that has come up takes back. */
const cleared = { hasBeenUp: true, failedTasks: 0, strikes: 0, startsAfter: 0 }

/**
 * A deployment with more failed tasks. The next ones wait, twice as long with each failure.
 *
 * @see Amazon ECS developer guide, "Amazon ECS service throttle logic"
 */
export function withFailures(
  deployment: Deployment,
  { failures, strikes }: { readonly failures: number; readonly strikes: number },
  at: number,
): Deployment {
  if (failures === 0) return deployment
  const failedTasks = deployment.failedTasks + failures
  return {
    ...deployment,
    failedTasks,
    strikes: deployment.strikes + strikes,
    startsAfter: at + Math.min(longestBackOff, second * 2 ** (failedTasks - 1)),
    updatedAt: at,
  }
}
