import type { Brand } from '../brand.ts'
import { InvalidParameterError } from '../errors.ts'

/** A region's name, such as `eu-central-1`. Any well-formed name is a region of this Berth. */
export type Region = Brand<string, 'Region'>

const pattern = /^[0-9a-z-]{2,25}$/

export function isRegion(text: string): text is Region {
  return pattern.test(text)
}

/** @throws InvalidParameterError at `region` (shape Region: 2 to 25 of `[0-9a-z-]`). */
export function parseRegion(text: string): Region {
  if (!isRegion(text)) {
    throw new InvalidParameterError('region', "must satisfy regular expression '[0-9a-z-]{2,25}'")
  }
  return text
}
