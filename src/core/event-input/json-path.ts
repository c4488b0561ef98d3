import { isObject } from '../event-patterns/leaf.ts'

/** One step of a path: a member's name, an element's number, or every element. */
type Step = string | number | '*'

export type JsonPath = readonly Step[]

const stepPattern = /\.([A-Za-z0-9_-]+)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d{1,9})\]|\[(\*)\]|\.(\*)/y

/**
 * Reads the part of JSONPath that EventBridge takes: `$`, `.name`, `['name']`, `[0]` and `[*]`; undefined for anything else.
 *
 * @see Amazon EventBridge user guide, "Input transformation", input paths
 */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined
  const steps: Step[] = []
  for (let at = 1; at < text.length; ) {
    stepPattern.lastIndex = at
    const match = stepPattern.exec(text)
    if (match === null) return undefined
    const [whole, name, single, double, element] = match
    const member = name ?? single ?? double
    steps.push(member ?? (element === undefined ? '*' : Number(element)))
    at += whole.length
  }
  return steps
}

/** What stands at a path, or undefined where nothing does. With `[*]` it is the list of what stands there in each element. */
export function valueAt(path: JsonPath, value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (step === '*' && Array.isArray(value)) {
    return value.map((each: unknown) => valueAt(rest, each)).filter((each) => each !== undefined)
  }
  if (typeof step === 'number') return Array.isArray(value) ? valueAt(rest, value[step]) : undefined
  return isObject(value) && Object.hasOwn(value, step) ? valueAt(rest, value[step]) : undefined
}
