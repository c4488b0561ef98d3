import type { Candidate, FlatEvent } from './flatten-event.ts'
import type { Conjunction, EventPattern } from './pattern.ts'

/**
 * Whether an event fits a pattern. Fields below the same list must be satisfied within the same element of it. The lists are gone
 * down one after another, each element once, so that no event makes it costly.
 *
 * @see Amazon EventBridge user guide, "Arrays in event patterns"
 */
export function fitsPattern(pattern: EventPattern, event: FlatEvent): boolean {
  return pattern.some((fields) => fitsFields(fields, event))
}

function fitsFields(fields: Conjunction, event: FlatEvent): boolean {
  const satisfying: (readonly Candidate[])[] = []
  for (const { path, tests, orAbsent } of fields) {
    const candidates = event.get(path)
    if (candidates === undefined) {
      if (orAbsent) continue
      return false
    }
    const fitting = candidates.filter(({ value }) => tests.some((test) => test(value)))
    if (fitting.length === 0) return false
    satisfying.push(fitting)
  }
  return agree(satisfying, 0)
}

/** Whether of each field one candidate can be taken so that no two stand in different elements of one list. They share all lists above `depth`. */
function agree(fields: readonly (readonly Candidate[])[], depth: number): boolean {
  const inLists = fields.filter((candidates) => !candidates.some(({ places }) => places.length <= depth))
  const [first] = inLists
  if (first === undefined) return true
  return [...listsOf(first, depth)].some((list) => agreeWithin(list, inLists, depth))
}

/** Whether they agree when the first field is taken from this list; those that aren't in it are free of it. */
function agreeWithin(
  list: number | undefined,
  fields: readonly (readonly Candidate[])[],
  depth: number,
): boolean {
  const inside = fields.filter((candidates) => listsOf(candidates, depth).has(list))
  const outside = fields.filter((candidates) => !inside.includes(candidates))
  if (!agree(outside, depth)) return false
  const byElement = inside.map((candidates) =>
    Map.groupBy(
      candidates.filter(({ places }) => places[depth]?.list === list),
      ({ places }) => places[depth]?.element,
    ),
  )
  const [first, ...others] = byElement
  for (const [element, candidates] of first ?? []) {
    const rest = others.map((elements) => elements.get(element) ?? [])
    if (rest.every(({ length }) => length > 0) && agree([candidates, ...rest], depth + 1)) return true
  }
  return false
}

function listsOf(candidates: readonly Candidate[], depth: number): Set<number | undefined> {
  return new Set(candidates.map(({ places }) => places[depth]?.list))
}
