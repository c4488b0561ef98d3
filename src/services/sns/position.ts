import { InvalidParameterError } from '../../core/errors.ts'
import type { Call } from '../service.ts'

/** The name or id after which a page begins. @throws InvalidParameterError at `nextToken` */
export function positionOf({ pages: { position } }: Call): string | undefined {
  if (position === undefined || typeof position === 'string') return position
  throw new InvalidParameterError('nextToken', 'Invalid next token')
}
