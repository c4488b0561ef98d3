import type { ConditionContext } from '../condition-context.ts'
import { isObject, readObject, syntaxError } from '../json-members.ts'
import type { Condition } from '../policy-document.ts'
import { PolicyDocumentError } from '../policy-document-error.ts'
import { type Operator, operators } from './operators.ts'

const quantified = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/
/** A service's prefix, or the issuer of tokens whose claims are meant: `sso.example.com/realms/ci:sub`. */
const vendor = /^[^\s:]+:/

/**
 * Reads a `Condition` block: operators, each with keys, each with values. All must hold.
 *
 * @throws PolicyDocumentError
 * @see IAM user guide, "AWS JSON policy elements: Condition operators"
 */
export function readConditions(
  value: unknown,
  { variables }: { readonly variables: boolean },
): readonly Condition[] {
  return Object.entries(readObject(value)).flatMap(([name, keys]) =>
    Object.entries(readObject(keys)).map(([key, values]) =>
      readCondition({ name, key, values: readValues(values), variables }),
    ),
  )
}

interface Given {
  readonly name: string
  readonly key: string
  readonly values: readonly string[]
  readonly variables: boolean
}

function readCondition({ name, key, values, variables }: Given): Condition {
  if (!vendor.test(key)) {
    throw new PolicyDocumentError(
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    )
  }
  if (name === 'Null') return nullCondition(key, values)
  const [, quantifier, operatorName = '', ifExists] = quantified.exec(name) ?? []
  const operator = operators.get(operatorName)
  if (!operator) throw new PolicyDocumentError(syntaxError)
  const test = operator.compile(values, { variables })
  const holds = holdsForOne(test, operator)
  return (context) => {
    const actual = context.values(key)
    if (actual.length === 0) return whenAbsent({ quantifier, ifExists, operator })
    return quantifier === 'ForAllValues'
      ? actual.every((value) => holds(value, context))
      : quantifier === 'ForAnyValue' || !operator.negated
        ? actual.some((value) => holds(value, context))
        : actual.every((value) => holds(value, context))
  }
}

type Test = ReturnType<Operator['compile']>

/** A negated operator holds for a value that none of the policy's values fits. */
function holdsForOne(
  test: Test,
  { negated }: Operator,
): (value: string, context: ConditionContext) => boolean {
  return (value, context) => test(value, context) !== negated
}

function whenAbsent(condition: {
  readonly quantifier: string | undefined
  readonly ifExists: string | undefined
  readonly operator: Operator
}): boolean {
  if (condition.ifExists !== undefined) return true
  if (condition.quantifier !== undefined) return condition.quantifier === 'ForAllValues'
  return condition.operator.negated
}

/** `true`: the key must be absent; `false`: it must be there. */
function nullCondition(key: string, values: readonly string[]): Condition {
  const wanted = values.map((value) => value.toLowerCase())
  if (wanted.some((value) => value !== 'true' && value !== 'false'))
    throw new PolicyDocumentError(syntaxError)
  return (context) => wanted.includes(String(context.values(key).length === 0))
}

/** One or several texts, numbers or booleans. */
function readValues(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (values.some((each) => each === null || each === undefined || isObject(each) || Array.isArray(each))) {
    throw new PolicyDocumentError(syntaxError)
  }
  return values.map(String)
}
