import { expect } from 'vitest'

/**
 * A resource as Terraform's AWS provider handles it: the calls it makes, and the answers it goes by.
 *
 * `Attributes` are what stands in a configuration, every default filled in.
 */
export interface Resource<Attributes> {
  create(wanted: Attributes): Promise<void>
  /** The attributes as the provider takes them from the answers; undefined when it drops the resource from its state. */
  read(): Promise<Attributes | undefined>
  /** Only what has changed between the two is put. */
  update(before: Attributes, wanted: Attributes): Promise<void>
  /** What is gone already is no error. */
  destroy(): Promise<void>
}

/**
 * Applies configurations one after the other, and destroys in the end, twice. After each step the provider reads the
 * resource back, and the plan must be empty: a difference would be planned again for ever.
 *
 * @param left what is read after the resource was destroyed: nothing, but for settings that always have a value
 */
export async function applyEach<Attributes>(
  resource: Resource<Attributes>,
  [first, ...changes]: readonly [Attributes, ...Attributes[]],
  left?: Attributes,
): Promise<void> {
  await resource.create(first)
  expect(await resource.read()).toEqual(first)
  let before = first
  for (const wanted of changes) {
    await resource.update(before, wanted)
    expect(await resource.read()).toEqual(wanted)
    before = wanted
  }
  await resource.destroy()
  expect(await resource.read()).toEqual(left)
  await resource.destroy()
}

type ErrorClass = new (...args: never[]) => Error

/** An answer, or undefined for an error that the provider takes for "not there". */
export async function unlessGone<Answer>(
  answer: Promise<Answer>,
  ...gone: readonly ErrorClass[]
): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (gone.some((kind) => error instanceof kind)) return undefined
    throw error
  }
}

/** The one row that the provider asserts. @throws RangeError for none or several */
export function single<Row>(rows: readonly Row[] | undefined): Row {
  const [row, ...others] = rows ?? []
  if (row === undefined || others.length > 0)
    throw new RangeError(`${rows?.length ?? 0} rows where one is due`)
  return row
}

/** Whether an attribute has to be put again. */
export function differ(before: unknown, wanted: unknown): boolean {
  return JSON.stringify(before) !== JSON.stringify(wanted)
}

/** A document as the provider sends it: parsed, and written without spaces, its keys in alphabetical order. */
export function normalJson(document: unknown): string {
  return JSON.stringify(inOrder(document))
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, one]) => [key, inOrder(one)]))
}
