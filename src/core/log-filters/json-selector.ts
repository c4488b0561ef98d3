import { type Scanner, takeQuoted } from './scanner.ts'

/** One step into a document: the values that it leads to. */
type Step = (value: unknown) => readonly unknown[]

/** Finds the values of a JSON document that a selector such as `$.users[0].name` names; `[*]` names all elements of an array. */
export type Selector = (document: unknown) => readonly unknown[]

/** @throws LogsParameterError */
export function takeSelector(scanner: Scanner): Selector {
  scanner.expect(/\$/, 'a selector that begins with $')
  const steps: Step[] = []
  for (let step = takeStep(scanner); step !== undefined; step = takeStep(scanner)) steps.push(step)
  return (document) => steps.reduce<readonly unknown[]>((found, step) => found.flatMap(step), [document])
}

function takeStep(scanner: Scanner): Step | undefined {
  const name = scanner.take(/\.([\w-]+)/)
  if (name !== undefined) return property(name)
  if (scanner.take(/\.?\[/) === undefined) return undefined
  const step = takeElement(scanner) ?? property(takeName(scanner))
  scanner.expect(/\]/, ']')
  return step
}

function takeElement(scanner: Scanner): Step | undefined {
  const place = scanner.take(/\d{1,9}|\*/)
  if (place === undefined) return undefined
  return place === '*' ? elements : element(Number(place))
}

/** A name in brackets, between quotation marks of either kind. */
function takeName(scanner: Scanner): string {
  return takeQuoted(scanner) ?? scanner.expect(/'([^']*)'/, 'a name or a number')
}

function property(name: string): Step {
  return (value) => {
    const isThere =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    return isThere ? [Reflect.get(value, name)] : []
  }
}

function element(place: number): Step {
  return (value) => (Array.isArray(value) && place < value.length ? [value[place]] : [])
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
