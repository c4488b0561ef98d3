import { exampleOf } from './examples.ts'
import { fitsPattern, type RawModel, type RawShape, shapeOf } from './raw-model.ts'

/** A value, and what is special about it. */
export interface Sample {
  readonly what: string
  readonly value: unknown
}

type Texts = Readonly<Record<string, string>>

/** Longer texts than this aren't sent. */
const longest = 5 * 1024 * 1024

/** Values at the edges of what a shape allows: every word of a set, the shortest and longest, of parts the same. */
export function soundValues(model: RawModel, name: string, texts: Texts): readonly Sample[] {
  const shape = shapeOf(model, name)
  switch (shape.type) {
    case 'structure':
      return inMembers(model, shape, name, texts, soundValues)
    case 'list':
      return [
        ...edges(shape).flatMap((size) => repeated(model, shape, size, texts)),
        ...inList(model, shape, texts, soundValues),
      ]
    case 'boolean':
      return [true, false].map((value) => ({ what: `= ${value}`, value }))
    case 'integer':
    case 'long':
      return edges(shape).map((value) => ({ what: `= ${value}`, value }))
    case 'string':
      return soundTexts(shape)
    default:
      return []
  }
}

/** Values that each break one rule of a shape: its type, set, pattern or edges, or those of a part. */
export function brokenValues(model: RawModel, name: string, texts: Texts): readonly Sample[] {
  const shape = shapeOf(model, name)
  const wrongType = wrongTypes(shape)
  switch (shape.type) {
    case 'structure':
      return [
        ...wrongType,
        ...missingMembers(model, shape, name, texts),
        ...inMembers(model, shape, name, texts, brokenValues),
      ]
    case 'list':
      return [
        ...wrongType,
        ...beyond(shape).flatMap((size) => repeated(model, shape, size, texts)),
        ...inList(model, shape, texts, brokenValues),
      ]
    case 'integer':
    case 'long':
      return [...wrongType, ...beyond(shape).map((value) => ({ what: `= ${value}`, value }))]
    case 'string':
      return [...wrongType, ...brokenTexts(shape)]
    default:
      return wrongType
  }
}

function soundTexts(shape: RawShape): readonly Sample[] {
  if (shape.enum) return shape.enum.map((value) => ({ what: `= ${value}`, value }))
  return edges(shape)
    .map((length) => 'a'.repeat(length))
    .filter((text) => fitsPattern(shape, text))
    .map((value) => ({ what: `of length ${value.length}`, value }))
}

function brokenTexts(shape: RawShape): readonly Sample[] {
  if (shape.enum)
    return [
      { what: 'out of its set', value: 'SOMETHING_ELSE' },
      { what: 'in lower case', value: 'xx' },
    ]
  const lengths = beyond(shape).map((length) => ({ what: `of length ${length}`, value: 'a'.repeat(length) }))
  const strange = ['!', 'É', ' a ', 'a\u0000b', '../..', '\n'].map((text) => text.padEnd(shape.min ?? 0, '!'))
  return [
    ...lengths,
    ...strange
      .filter((text) => !fitsPattern(shape, text))
      .map((value) => ({ what: `= ${JSON.stringify(value)}`, value })),
  ]
}

function wrongTypes({ type }: RawShape): readonly Sample[] {
  const all = [
    { what: 'as a text', value: 'text', of: ['string', 'blob'] },
    { what: 'as a list', value: ['text'], of: ['list'] },
    { what: 'as an object', value: { a: 1 }, of: ['structure', 'map'] },
  ]
  return all.filter(({ of }) => !of.includes(type))
}

/** The least and the most that a shape allows, where that isn't too much to send. */
function edges({ min, max }: RawShape): readonly number[] {
  return [min, max].filter((edge) => edge !== undefined && edge <= longest) as number[]
}

function beyond({ type, min, max }: RawShape): readonly number[] {
  const isNumber = type === 'integer' || type === 'long'
  const below = min === undefined || (min === 0 && !isNumber) ? [] : [min - 1]
  const above = max === undefined || max >= longest ? [] : [max + 1]
  return [...below, ...above]
}

function repeated(model: RawModel, shape: RawShape, size: number, texts: Texts): readonly Sample[] {
  const member = exampleOf(model, shape.member?.shape ?? '', texts)
  return [{ what: `with ${size} members`, value: Array.from({ length: size }, () => member) }]
}

function inList(
  model: RawModel,
  shape: RawShape,
  texts: Texts,
  valuesOf: typeof soundValues,
): readonly Sample[] {
  return valuesOf(model, shape.member?.shape ?? '', texts).map(({ what, value }) => ({
    what: `[0] ${what}`,
    value: [value],
  }))
}

function inMembers(
  model: RawModel,
  shape: RawShape,
  name: string,
  texts: Texts,
  valuesOf: typeof soundValues,
): readonly Sample[] {
  const whole = exampleOf(model, name, texts) as object
  return Object.entries(shape.members ?? {}).flatMap(([key, member]) =>
    valuesOf(model, member.shape, texts).map(({ what, value }) => ({
      what: `.${key} ${what}`,
      value: { ...whole, [key]: value },
    })),
  )
}

function missingMembers(model: RawModel, shape: RawShape, name: string, texts: Texts): readonly Sample[] {
  const whole = exampleOf(model, name, texts) as Readonly<Record<string, unknown>>
  return (shape.required ?? []).map((key) => ({
    what: `without ${key}`,
    value: { ...whole, [key]: undefined },
  }))
}
