import { fitsPattern, type RawModel, shapeOf } from './raw-model.ts'

/** What is wrong with an answer by the model: members that are missing, unknown, of another type or out of their set. */
export function shapeFaults(
  model: RawModel,
  name: string,
  value: unknown,
  path = 'answer',
): readonly string[] {
  const shape = shapeOf(model, name)
  switch (shape.type) {
    case 'structure':
      return isObject(value) ? structureFaults(model, name, value, path) : [`${path} is no object`]
    case 'list':
      if (!Array.isArray(value)) return [`${path} is no list`]
      return value.flatMap((one, index) =>
        shapeFaults(model, shape.member?.shape ?? '', one, `${path}[${index}]`),
      )
    case 'map':
      if (!isObject(value)) return [`${path} is no map`]
      return Object.entries(value).flatMap(([key, one]) =>
        shapeFaults(model, shape.value?.shape ?? '', one, `${path}.${key}`),
      )
    case 'boolean':
      return typeof value === 'boolean' ? [] : [`${path} is no boolean`]
    case 'string':
      return textFaults(model, name, value, path)
    case 'blob':
      return typeof value === 'string' ? [] : [`${path} is no text`]
    default:
      return typeof value === 'number' ? [] : [`${path} is no number`]
  }
}

function structureFaults(
  model: RawModel,
  name: string,
  value: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const { members = {}, required = [] } = shapeOf(model, name)
  const missing = required.filter((key) => !(key in value)).map((key) => `${path}.${key} is missing`)
  const wrong = Object.entries(value).flatMap(([key, one]) => {
    const member = members[key]
    return member ? shapeFaults(model, member.shape, one, `${path}.${key}`) : [`${path}.${key} is unknown`]
  })
  return [...missing, ...wrong]
}

function textFaults(model: RawModel, name: string, value: unknown, path: string): readonly string[] {
  const shape = shapeOf(model, name)
  if (typeof value !== 'string') return [`${path} is no text`]
  if (shape.enum && !shape.enum.includes(value)) return [`${path} is out of its set: ${value}`]
  return fitsPattern(shape, value) ? [] : [`${path} is off its pattern: ${value}`]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
