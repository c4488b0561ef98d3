import type { ContainerDefinition } from '../container-definition.ts'
import { EcsClientError } from '../errors.ts'

/**
 * Checks how long others wait for a container. To Docker a negative time to stop is one without end: nobody could stop such a container that
 * doesn't listen, nor delete its service.
 *
 * @throws EcsClientError
 * @see Amazon ECS developer guide, "Task definition parameters", Container timeouts
 */
export function checkTimeouts({ name, startTimeout = 0, stopTimeout = 0 }: ContainerDefinition): void {
  if (startTimeout < 0) throw new EcsClientError(`Invalid 'startTimeout' setting for container '${name}'.`)
  if (stopTimeout < 0) throw new EcsClientError(`Invalid 'stopTimeout' setting for container '${name}'.`)
}
