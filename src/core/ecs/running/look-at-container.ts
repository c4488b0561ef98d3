import type { Task, TaskContainer } from '../task.ts'
import { isOfEngine } from './ended-with-engine.ts'
import { restartsAfter } from './restarts-after.ts'
import { type SeenTask, seenOf } from './seen-task.ts'

/** A task with what the engine shows of its containers and of what they share. */
export function lookAtTask(task: Task, seen: SeenTask): Task {
  const containers = task.containers.map((one) => lookAtContainer(one, seen, task))
  const pulls = seen.containers.flatMap(({ pullStartedAt: from, pullStoppedAt: to }) =>
    from === undefined || to === undefined ? [] : { from, to },
  )
  const { address, mac } = seen.pause ?? {}
  const known =
    task.interface && address !== undefined
      ? { ...task.interface, address, ...(mac && { mac }) }
      : task.interface
  return {
    ...task,
    containers,
    ...(known && { interface: known }),
    ...(pulls.length > 0 && {
      pullStartedAt: Math.min(
        ...pulls.map(({ from }) => from),
        task.pullStartedAt ?? Number.POSITIVE_INFINITY,
      ),
      pullStoppedAt: Math.max(...pulls.map(({ to }) => to), task.pullStoppedAt ?? 0),
    }),
  }
}

/** The name is that of ECS's agent for a container that isn't as it should be. */
const endedUnseen = 'DockerStateError: The container ended while its engine or Berth did not run.'

function lookAtContainer(container: TaskContainer, seenTask: SeenTask, { desired }: Task): TaskContainer {
  if (container.status === 'STOPPED') return container
  const seen = seenOf(container, seenTask)
  if (seen === undefined) {
    if (container.status === 'PENDING') return container
    return { ...container, status: 'STOPPED', reason: 'ContainerVanishedError: The container is gone.' }
  }
  const { id, state, startedAt, imageDigest, health, bindings, exitCode, isOutOfMemory } = seen
  const known = {
    ...container,
    runtimeId: id,
    ...(imageDigest !== undefined && { imageDigest }),
    ...(health !== undefined && { health }),
  }
  if (state === 'created') return known
  const started = { ...known, ...(startedAt !== undefined && { startedAt }) }
  if (state === 'running') return { ...started, status: 'RUNNING', bindings }
  if (desired === 'RUNNING' && restartsAfter(container, seen)) return betweenRuns(started)
  return {
    ...started,
    status: 'STOPPED',
    ...(exitCode !== undefined && { exitCode }),
    ...(isOfEngine(seen, seenTask) && desired === 'RUNNING' && { reason: endedUnseen }),
    ...(isOutOfMemory && { reason: 'OutOfMemoryError: Container killed due to memory usage' }),
  }
}

/** To whoever looks at it, it goes on; each run that ended is counted once, however often it is looked at before the next. */
function betweenRuns(container: TaskContainer): TaskContainer {
  const { definition, startedAt, restarts } = container
  return {
    ...container,
    status: 'RUNNING',
    ...(definition.healthCheck !== undefined && { health: 'UNKNOWN' }),
    ...(restarts?.after !== startedAt && {
      restarts: { count: (restarts?.count ?? 0) + 1, after: startedAt ?? 0 },
    }),
  }
}
