import { InvalidParameterError } from '../core/errors.ts'
import type { Pages } from './service.ts'

/** What a `nextToken` is refused with that none of this operation's pages gave. */
export function invalidNextToken(): InvalidParameterError {
  return new InvalidParameterError('nextToken', 'Invalid next token')
}

/** The name after which a page begins. @throws InvalidParameterError at `nextToken` */
export function namePosition({ position }: Pages): string | undefined {
  if (position === undefined || typeof position === 'string') return position
  throw invalidNextToken()
}
