import type { ContainerDefinition } from '../container-definition.ts'
import { EcsClientError } from '../errors.ts'

const mostIgnored = 50
/** Seconds. */
const leastPeriod = 60
const longestPeriod = 1800

/**
 * Checks when a container is to be started again.
 *
 * @throws EcsClientError
 * @see Amazon ECS API reference, ContainerRestartPolicy
 */
export function checkRestarts({ name, restartPolicy }: ContainerDefinition): void {
  const { ignoredExitCodes = [], restartAttemptPeriod = leastPeriod } = restartPolicy ?? {}
  if (ignoredExitCodes.length > mostIgnored) {
    throw new EcsClientError(
      `Invalid 'restartPolicy.ignoredExitCodes' setting for container '${name}'. There may be up to ${mostIgnored}.`,
    )
  }
  if (restartAttemptPeriod >= leastPeriod && restartAttemptPeriod <= longestPeriod) return
  throw new EcsClientError(
    `Invalid 'restartPolicy.restartAttemptPeriod' setting for container '${name}'. It must be between ${leastPeriod} and ${longestPeriod}.`,
  )
}
