import type { HealthStatus, Task } from '../task.ts'

/**
 * A task is as healthy as the worst of its essential containers that have a health check; nothing is known without any.
 *
 * @see Amazon ECS developer guide, "Determine Amazon ECS task health using container health checks"
 */
export function taskHealth({ containers }: Pick<Task, 'containers'>): HealthStatus {
  const found = containers
    .filter(({ definition: { essential, healthCheck } }) => essential !== false && healthCheck !== undefined)
    .map(({ health = 'UNKNOWN' }) => health)
  if (found.includes('UNHEALTHY')) return 'UNHEALTHY'
  return found.length === 0 || found.includes('UNKNOWN') ? 'UNKNOWN' : 'HEALTHY'
}
