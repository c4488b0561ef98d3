import { EcsInvalidParameterError } from '../errors.ts'

type Test = (values: readonly string[]) => boolean

/** An operator: what it makes of its arguments. */
export interface Comparison {
  (given: readonly string[]): Test
  readonly takes: 'nothing' | 'one' | 'list'
}

/** The operator of a name or a sign, if it is one. @see Amazon ECS developer guide, cluster query language, "Operators" */
export function comparisonOf(text: string): Comparison | undefined {
  return comparisons.get(text)
}

const some =
  (is: (value: string) => boolean): Test =>
  (values) =>
    values.some(is)

const none =
  (is: (value: string) => boolean): Test =>
  (values) =>
    !values.some(is)

function one(make: (argument: string) => Test): Comparison {
  return Object.assign(([argument = '']: readonly string[]) => make(argument), { takes: 'one' } as const)
}

function list(make: (given: readonly string[]) => Test): Comparison {
  return Object.assign((given: readonly string[]) => make(given), { takes: 'list' } as const)
}

function bare(test: Test): Comparison {
  return Object.assign(() => test, { takes: 'nothing' } as const)
}

const equals = one((wanted) => some((value) => value === wanted))
const differs = one((wanted) => none((value) => value === wanted))
const above = one((limit) => some((value) => Number(value) > Number(limit)))
const notBelow = one((limit) => some((value) => Number(value) >= Number(limit)))
const below = one((limit) => some((value) => Number(value) < Number(limit)))
const notAbove = one((limit) => some((value) => Number(value) <= Number(limit)))
const exists = bare((values) => values.length > 0)
const lacks = bare((values) => values.length === 0)
const isAmong = list((given) => some((value) => given.includes(value)))
const isNotAmong = list((given) => none((value) => given.includes(value)))
const matches = one((text) => {
  const pattern = patternOf(text)
  return some((value) => pattern.test(value))
})
const differsFromPattern = one((text) => {
  const pattern = patternOf(text)
  return none((value) => pattern.test(value))
})

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['==', equals],
  ['equals', equals],
  ['!=', differs],
  ['not_equals', differs],
  ['>', above],
  ['greater_than', above],
  ['>=', notBelow],
  ['greater_than_equal', notBelow],
  ['<', below],
  ['less_than', below],
  ['<=', notAbove],
  ['less_than_equal', notAbove],
  ['exists', exists],
  ['not_exists', lacks],
  ['in', isAmong],
  ['not_in', isNotAmong],
  ['=~', matches],
  ['matches', matches],
  ['!~', differsFromPattern],
  ['not_matches', differsFromPattern],
])

const mostRepetitions = 3

/**
 * A pattern for a whole value. One that could take long to find nothing is refused: repeated groups, and more than three repetitions.
 *
 * @throws EcsInvalidParameterError
 */
function patternOf(text: string): RegExp {
  const repetitions = text.match(/[*+{]/g)?.length ?? 0
  if (repetitions <= mostRepetitions && !/\)[*+?{]/.test(text)) {
    try {
      return new RegExp(`^(?:${text})$`)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
    }
  }
  throw new EcsInvalidParameterError(
    `Invalid expression: '${text}' is no pattern that Berth looks for. It may have ${mostRepetitions} repetitions, none of them of a group.`,
  )
}
