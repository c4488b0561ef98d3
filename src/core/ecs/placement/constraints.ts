import { EcsInvalidParameterError } from '../errors.ts'
import { parseQuery } from './parse-query.ts'

/** What limits where a task may be placed. @see Amazon ECS API reference, PlacementConstraint */
export interface PlacementConstraint {
  readonly type?: 'distinctInstance' | 'memberOf'
  readonly expression?: string
}

const mostConstraints = 10

/** @throws EcsInvalidParameterError for a constraint that is none, and for more than ten of them */
export function checkConstraints(constraints: readonly PlacementConstraint[]): void {
  if (constraints.length > mostConstraints) {
    throw new EcsInvalidParameterError(`placementConstraints can have at most ${mostConstraints} items.`)
  }
  for (const { type, expression } of constraints) {
    if (type === 'memberOf') {
      if (expression === undefined) {
        throw new EcsInvalidParameterError('A memberOf placement constraint requires an expression.')
      }
      parseQuery(expression)
    } else if (expression !== undefined) {
      throw new EcsInvalidParameterError(
        'A distinctInstance placement constraint does not support an expression.',
      )
    }
  }
}
