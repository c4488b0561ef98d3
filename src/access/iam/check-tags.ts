import type { EntityDetails } from '../../core/iam/entity.ts'
import { InvalidInputError } from '../../core/iam/iam-errors.ts'

const mostTags = 50

/** @throws InvalidInputError */
export function checkTags(tags: EntityDetails['tags']): void {
  const keys = Object.keys(tags).map((key) => key.toLowerCase())
  if (new Set(keys).size < keys.length) {
    throw new InvalidInputError('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  if (keys.length > mostTags) throw new InvalidInputError(`The number of tags has reached the maximum limit.`)
}
