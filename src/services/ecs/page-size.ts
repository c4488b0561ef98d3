import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'

const largest = 100

/** How many rows a page has. @throws EcsInvalidParameterError unless 1 to 100 are asked for */
export function pageSize(asked: number = largest): number {
  if (asked >= 1 && asked <= largest) return asked
  throw new EcsInvalidParameterError(`maxResults must be between 1 and ${largest}.`)
}
