import { InvalidParameterError } from '../../../core/errors.ts'
import type { Breach, Constraint } from './breach.ts'

/** Enum sets that ECR lists in another order than its model. */
const enumOrders: readonly (readonly string[])[] = [
  ['IMMUTABLE', 'MUTABLE', 'MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION'],
]

/**
 * How ECR words constraint breaches: the first one alone, as
 * `Invalid parameter at 'repositoryName' failed to satisfy constraint: '...'`. Undefined when there is none.
 */
export function explainAsEcr(breaches: Iterable<Breach>): InvalidParameterError | undefined {
  const [first] = breaches
  return first && new InvalidParameterError(first.path.join('.'), describe(first.constraint))
}

function describe(constraint: Constraint): string {
  switch (constraint.kind) {
    case 'required':
      return 'Member must not be null'
    case 'min-length':
      return `Member must have length greater than or equal to ${constraint.limit}`
    case 'max-length':
      return `Member must have length less than or equal to ${constraint.limit}`
    case 'min-value':
      return `Member must have value greater than or equal to ${constraint.limit}`
    case 'max-value':
      return `Member must have value less than or equal to ${constraint.limit}`
    case 'pattern':
      return `must satisfy regular expression '${constraint.source.replaceAll('\\/', '/')}'`
    case 'enum':
      return `Member must satisfy enum value set: [${orderOf(constraint.values).join(', ')}]`
  }
}

function orderOf(values: readonly string[]): readonly string[] {
  const known = new Set(values)
  return (
    enumOrders.find((order) => known.size === order.length && order.every((value) => known.has(value))) ??
    values
  )
}
