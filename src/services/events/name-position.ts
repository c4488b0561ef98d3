import { InvalidParameterError } from '../../core/errors.ts'
import type { Pages } from '../service.ts'

/** The name after which a page begins. @throws InvalidParameterError at `nextToken` */
export function namePosition({ position }: Pages): string | undefined {
  if (position === undefined || typeof position === 'string') return position
  throw new InvalidParameterError('nextToken', 'Invalid next token')
}
