import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLeaf, isObject } from './leaf.ts'
import { parseEventPattern } from './parse-event-pattern.ts'
import { PatternIndex } from './pattern-index.ts'

const name = fc.constantFrom('a', 'b', 'c')
const text = fc.constantFrom('x', 'y', 'xy')
const leaf = fc.oneof(text, fc.constantFrom(1, 2), fc.constant(null))

/** Matchers of which the naive reader below knows what they mean. */
const matcher = fc.oneof(
  leaf,
  text.map((prefix) => ({ prefix })),
  text.map((suffix) => ({ suffix })),
  text.map((but) => ({ 'anything-but': but })),
  fc.boolean().map((exists) => ({ exists })),
)

const { pattern } = fc.letrec<{ pattern: object }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.dictionary(name, fc.array(matcher, { minLength: 1, maxLength: 3 }), { minKeys: 1, maxKeys: 2 }),
    fc.dictionary(name, tie('pattern'), { minKeys: 1, maxKeys: 2 }),
    fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }).map((alternatives) => ({ $or: alternatives })),
  ),
}))

const { event } = fc.letrec<{ event: object; value: unknown }>((tie) => ({
  event: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(leaf, { maxLength: 3 }),
    tie('event'),
    fc.array(tie('event'), { maxLength: 3 }),
  ),
}))

/**
 * The meaning, told in the plainest way: take one element of every list, in every way, and see whether the rest fits. A field is
 * absent only when it is so whichever elements are taken.
 */
function fitsNaively(pattern: object, event: object): boolean {
  const worlds = choose(event)
  const paths = new Set(worlds.flatMap((world) => [...leavesOf(world).keys()]))
  return worlds.some((world) => fitsOne(pattern, leavesOf(world), paths, []))
}

function choose(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.length === 0 ? [undefined] : value.flatMap(choose)
  if (!isObject(value)) return [value]
  return Object.entries(value).reduce<object[]>(
    (worlds, [key, each]) =>
      worlds.flatMap((world) => choose(each).map((chosen) => ({ ...world, [key]: chosen }))),
    [{}],
  )
}

function leavesOf(world: unknown, path: readonly string[] = []): Map<string, unknown> {
  if (isLeaf(world)) return new Map([[path.join('.'), world]])
  if (!isObject(world)) return new Map()
  return new Map(Object.entries(world).flatMap(([key, each]) => [...leavesOf(each, [...path, key])]))
}

function fitsOne(
  pattern: object,
  leaves: ReadonlyMap<string, unknown>,
  paths: ReadonlySet<string>,
  above: readonly string[],
): boolean {
  return Object.entries(pattern).every(([key, value]) => {
    if (key === '$or') return value.some((each: object) => fitsOne(each, leaves, paths, above))
    if (!Array.isArray(value)) return fitsOne(value, leaves, paths, [...above, key])
    const path = [...above, key].join('.')
    return value.some((each) => fitsMatcher(each, leaves, path, paths))
  })
}

function fitsMatcher(
  matcher: unknown,
  leaves: ReadonlyMap<string, unknown>,
  path: string,
  paths: ReadonlySet<string>,
): boolean {
  const value = leaves.get(path)
  if (!isObject(matcher)) return leaves.has(path) && value === matcher
  if (matcher.exists === false) return !paths.has(path)
  if (!leaves.has(path)) return false
  if (matcher.exists === true) return true
  if ('anything-but' in matcher) return value !== matcher['anything-but']
  if (typeof value !== 'string') return false
  return 'suffix' in matcher
    ? value.endsWith(String(matcher.suffix))
    : value.startsWith(String(matcher.prefix))
}

test('many patterns at once are found as each alone would be, in the plainest way', () => {
  fc.assert(
    fc.property(
      fc.array(pattern, { maxLength: 8 }),
      fc.array(event, { maxLength: 5 }),
      (patterns, events) => {
        const index = new PatternIndex(
          patterns.map((each, at) => [parseEventPattern(JSON.stringify(each)), at]),
        )
        for (const each of events) {
          const expected = patterns.flatMap((one, at) => (fitsNaively(one, each) ? [at] : []))
          expect([...index.matches({ ...each })].toSorted()).toEqual(expected)
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('fields in many lists cost no more than the lists are long', () => {
  const elements = Array.from({ length: 2_000 }, (_, at) => ({ x: at, y: at + 1 }))
  const lists = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`list${at}`, elements]))
  const fields = Object.keys(lists).map((list) => `"${list}":{"x":[1,2],"y":[2,3]}`)
  const pattern = parseEventPattern(`{${fields.join(',')},"last":{"x":[1],"y":[1]}}`)
  expect([...new PatternIndex([[pattern, 'rule']]).matches({ ...lists, last: elements })]).toEqual([])
  expect([...new PatternIndex([[pattern, 'rule']]).matches({ ...lists, last: [{ x: 1, y: 1 }] })]).toEqual([
    'rule',
  ])
})
