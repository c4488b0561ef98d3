import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { InvalidParameterError } from '../../core/errors.ts'
import type { Pages } from '../service.ts'

const largest = 100

/** How many rows a page has. @throws EcsInvalidParameterError unless 1 to 100 are asked for */
export function pageSize(asked: number = largest): number {
  if (asked >= 1 && asked <= largest) return asked
  throw new EcsInvalidParameterError(`maxResults must be between 1 and ${largest}.`)
}

/** The name after which a page begins. @throws InvalidParameterError at `nextToken` */
export function namePosition({ position }: Pages): string | undefined {
  if (position === undefined || typeof position === 'string') return position
  throw invalidToken()
}

export function invalidToken(): InvalidParameterError {
  return new InvalidParameterError('nextToken', 'Invalid next token')
}
