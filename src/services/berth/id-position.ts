import { invalidNextToken } from '../next-token.ts'
import type { Pages } from '../service.ts'

/** The id before which a page begins, of rows that are listed latest first. @throws InvalidParameterError at `nextToken` */
export function idPosition({ position }: Pages): number | undefined {
  if (position === undefined || typeof position === 'number') return position
  throw invalidNextToken()
}
