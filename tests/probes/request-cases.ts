import type { SeededRandom } from '../support/seeded-random.ts'
import { exampleOf } from './examples.ts'
import { brokenValues, soundValues } from './member-values.ts'
import { type RawModel, shapeOf } from './raw-model.ts'

/** One request, and whether the model alone forbids it. */
export interface RequestCase {
  readonly operation: string
  readonly title: string
  readonly input: Readonly<Record<string, unknown>>
  readonly isBroken: boolean
}

type Input = Readonly<Record<string, unknown>>

/** How many random requests each operation gets. */
const randomRequests = 60

/** Everything that the model says could be asked of an operation, in samples, and each of its constraints broken once. */
export function requestCases(
  model: RawModel,
  operation: string,
  texts: Readonly<Record<string, string>>,
  random: SeededRandom,
): readonly RequestCase[] {
  const name = model.operations[operation]?.input.shape ?? ''
  const shape = shapeOf(model, name)
  const required = shape.required ?? []
  const whole = exampleOf(model, name, texts) as Input
  const least = pick(whole, required)
  const optional = Object.keys(shape.members ?? {}).filter((key) => !required.includes(key))
  const sound = (title: string, input: Input) => ({ operation, title, input, isBroken: false })
  const broken = (title: string, input: Input) => ({ operation, title, input, isBroken: true })
  const places = Object.entries(shape.members ?? {})
  return [
    sound('with every member', whole),
    ...subsets(optional).map((keys) =>
      sound(`with ${keys.join(' and ') || 'what is required'}`, { ...least, ...pick(whole, keys) }),
    ),
    ...places.flatMap(([key, member]) =>
      soundValues(model, member.shape, texts).map(({ what, value }) =>
        sound(`${key} ${what}`, { ...least, [key]: value }),
      ),
    ),
    ...Array.from({ length: randomRequests }, (_, round) =>
      sound(`random ${round}`, { ...least, ...randomMembers(model, places, texts, random) }),
    ),
    sound('with a member nobody knows', { ...least, somethingElse: true }),
    sound('with nulls for what is left out', {
      ...least,
      ...Object.fromEntries(optional.map((key) => [key, null])),
    }),
    ...required.map((key) => broken(`without ${key}`, without(whole, key))),
    ...places.flatMap(([key, member]) =>
      brokenValues(model, member.shape, texts).map(({ what, value }) =>
        broken(`${key} ${what}`, { ...least, [key]: value }),
      ),
    ),
  ]
}

/** No member, each alone, and each two together. */
function subsets(keys: readonly string[]): readonly (readonly string[])[] {
  const pairs = keys.flatMap((key, index) => keys.slice(index + 1).map((other) => [key, other]))
  return [[], ...keys.map((key) => [key]), ...pairs]
}

function randomMembers(
  model: RawModel,
  places: readonly (readonly [string, { readonly shape: string }])[],
  texts: Readonly<Record<string, string>>,
  random: SeededRandom,
): Input {
  const chosen = places.filter(() => random.below(2) === 0)
  return Object.fromEntries(
    chosen.map(([key, { shape }]) => {
      const values = [
        exampleOf(model, shape, texts),
        ...soundValues(model, shape, texts).map(({ value }) => value),
      ]
      return [key, values[random.below(values.length)]]
    }),
  )
}

function pick(input: Input, keys: readonly string[]): Input {
  return Object.fromEntries(Object.entries(input).filter(([key]) => keys.includes(key)))
}

function without(input: Input, left: string): Input {
  return Object.fromEntries(Object.entries(input).filter(([key]) => key !== left))
}
