import { isLeaf, isObject, type Leaf } from './leaf.ts'

/** An element of a list, by the list's number in its event. */
export interface Place {
  readonly list: number
  readonly element: number
}

/** A leaf, and in which elements of which lists it stands, the outermost first. */
export interface Candidate {
  readonly value: Leaf
  readonly places: readonly Place[]
}

/** An event's leaves by the names down to them, joined by dots. What holds no leaf has no entry. */
export type FlatEvent = ReadonlyMap<string, readonly Candidate[]>

/** Lays an event out as patterns see it. The leaves of one list are alike; objects in it are told apart. */
export function flattenEvent(event: Readonly<Record<string, unknown>>): FlatEvent {
  const flat = new Map<string, Candidate[]>()
  let lists = 0
  const visit = (value: unknown, path: string, places: readonly Place[]): void => {
    if (isLeaf(value)) {
      const known = flat.get(path)
      if (known) known.push({ value, places })
      else flat.set(path, [{ value, places }])
    } else if (Array.isArray(value)) {
      const list = lists++
      value.forEach((each: unknown, element) => {
        visit(each, path, isLeaf(each) ? places : [...places, { list, element }])
      })
    } else if (isObject(value)) {
      const above = path === '' ? '' : `${path}.`
      for (const [name, each] of Object.entries(value)) visit(each, above + name, places)
    }
  }
  visit(event, '', [])
  return flat
}
