import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { Service } from '../../core/ecs/scheduling/service.ts'

/** @see Amazon ECS developer guide, "Amazon ECS service quotas", Tasks per service */
const mostTasks = 5000

/**
 * How many tasks a service is to run: as many as a request says or, as a daemon, one on the one engine there is.
 *
 * @param known how many it runs by now, if it is there
 * @throws EcsInvalidParameterError for a number that can't be, and for one that is missing or not wanted
 */
export function readDesiredCount(
  strategy: Service['schedulingStrategy'],
  asked: number | undefined,
  known: number | undefined,
): number {
  if (strategy === 'DAEMON') {
    if (asked === undefined) return 1
    throw new EcsInvalidParameterError(
      'The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again.',
    )
  }
  const count = asked ?? known
  if (count === undefined) throw new EcsInvalidParameterError('desiredCount should not be null.')
  if (count >= 0 && count <= mostTasks) return count
  throw new EcsInvalidParameterError(`desiredCount must be between 0 and ${mostTasks}.`)
}
