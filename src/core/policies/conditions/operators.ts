import type { ConditionContext } from '../condition-context.ts'
import { arnLike } from './arn.ts'
import { binaryEquals } from './binary.ts'
import { bool } from './bool.ts'
import { dates } from './date.ts'
import { ipAddress } from './ip-address.ts'
import { numbers } from './numeric.ts'
import { strings } from './string.ts'

/** Whether a value of the request fits any of the policy's values. */
export type Fits = (actual: string, context: ConditionContext) => boolean

/** Prepares the policy's values of one condition. */
export type Compile = (values: readonly string[], options: { readonly variables: boolean }) => Fits

/** A condition operator, without its quantifier and `IfExists`. */
export interface Operator {
  /** Holds where the comparison doesn't. */
  readonly negated: boolean
  readonly compile: Compile
}

/** Every operator by its name; `Null` is no comparison and lives with the reading of conditions. */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ...both('StringEquals', 'StringNotEquals', strings.equal),
  ...both('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', strings.equalIgnoringCase),
  ...both('StringLike', 'StringNotLike', strings.like),
  ...both('NumericEquals', 'NumericNotEquals', numbers.equal),
  ...one('NumericLessThan', numbers.less),
  ...one('NumericLessThanEquals', numbers.lessOrEqual),
  ...one('NumericGreaterThan', numbers.greater),
  ...one('NumericGreaterThanEquals', numbers.greaterOrEqual),
  ...both('DateEquals', 'DateNotEquals', dates.equal),
  ...one('DateLessThan', dates.less),
  ...one('DateLessThanEquals', dates.lessOrEqual),
  ...one('DateGreaterThan', dates.greater),
  ...one('DateGreaterThanEquals', dates.greaterOrEqual),
  ...one('Bool', bool),
  ...one('BinaryEquals', binaryEquals),
  ...both('IpAddress', 'NotIpAddress', ipAddress),
  ...both('ArnEquals', 'ArnNotEquals', arnLike),
  ...both('ArnLike', 'ArnNotLike', arnLike),
])

function one(name: string, compile: Compile): [string, Operator][] {
  return [[name, { negated: false, compile }]]
}

function both(name: string, negatedName: string, compile: Compile): [string, Operator][] {
  return [...one(name, compile), [negatedName, { negated: true, compile }]]
}
