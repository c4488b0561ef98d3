import type { ContainerDependency } from '../container-definition.ts'
import type { Task, TaskContainer } from '../task.ts'
import { startsAfter } from './starts-after.ts'

/** Whether a container may start now, has to wait (perhaps until a time in ms), or never will, and why. */
export type Readiness =
  | { readonly is: 'ready' }
  | { readonly is: 'waiting'; readonly until?: number }
  | { readonly is: 'hopeless'; readonly reason: string }

/**
 * Looks at what a container that hasn't started waits for.
 *
 * @param at milliseconds since 1970
 * @see Amazon ECS API reference, ContainerDependency, and ContainerDefinition's startTimeout
 */
export function readinessOf(container: TaskContainer, { containers }: Task, at: number): Readiness {
  const all = startsAfter(container.definition).map((dependency) =>
    lookAt(dependency, container, containers, at),
  )
  const hopeless = all.find(({ is }) => is === 'hopeless')
  if (hopeless) return hopeless
  const waiting = all.flatMap((one) => (one.is === 'waiting' ? one : []))
  if (waiting.length === 0) return { is: 'ready' }
  const times = waiting.flatMap(({ until }) => until ?? [])
  return { is: 'waiting', ...(times.length > 0 && { until: Math.min(...times) }) }
}

function lookAt(
  { containerName, condition }: ContainerDependency,
  target: TaskContainer,
  containers: readonly TaskContainer[],
  at: number,
): Readiness {
  const dependency = containers.find(({ definition }) => definition.name === containerName)
  if (dependency === undefined || isMet(dependency, condition)) return { is: 'ready' }
  const names = `[${containerName}] for target [${target.definition.name}]`
  if (dependency.status === 'STOPPED') {
    return hopeless(
      `failed to resolve container ordering dependency ${names} as dependency did not exit successfully.`,
    )
  }
  const { startTimeout } = dependency.definition
  if (startTimeout === undefined || dependency.startedAt === undefined) return { is: 'waiting' }
  const until = dependency.startedAt + startTimeout * 1000
  if (at < until) return { is: 'waiting', until }
  return hopeless(`container ordering dependency ${names} has timed out.`)
}

function isMet(
  { status, health, exitCode, startedAt }: TaskContainer,
  condition: ContainerDependency['condition'],
) {
  switch (condition) {
    case 'START':
      return status === 'RUNNING' || (status === 'STOPPED' && startedAt !== undefined)
    case 'COMPLETE':
      return status === 'STOPPED' && exitCode !== undefined
    case 'SUCCESS':
      return status === 'STOPPED' && exitCode === 0
    case 'HEALTHY':
      return status === 'RUNNING' && health === 'HEALTHY'
  }
}

function hopeless(what: string): Readiness {
  return { is: 'hopeless', reason: `TaskDependencyError: dependency graph: ${what}` }
}
