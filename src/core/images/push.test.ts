import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../names/digest.ts'
import { parseTag } from '../names/tag.ts'
import type { ImmutableBy } from '../repositories/tag-mutability.ts'
import { decidePush } from './push.ts'

const pushed = digestOf('sha256', 'a'.repeat(64))
const other = digestOf('sha256', 'b'.repeat(64))
const v1 = parseTag('v1')

describe('a push of a digest', () => {
  test.each([
    ['that is new, without a tag, creates an image', false, undefined, undefined, 'created'],
    ['that is new, under a new tag, creates an image', false, 'nowhere', undefined, 'created'],
    ['that is new, under a new immutable tag, creates an image', false, 'nowhere', 'repository', 'created'],
    [
      'that is new, under a mutable tag of another, creates an image',
      false,
      'on other',
      undefined,
      'created',
    ],
    ['that is known, under a new tag, tags it', true, 'nowhere', undefined, 'tagged'],
    ['that is known, under a new immutable tag, tags it', true, 'nowhere', 'tag', 'tagged'],
    ['that is known, under its own tag, changes nothing', true, 'on pushed', undefined, 'unchanged'],
    ['that is known, under its own immutable tag, changes nothing', true, 'on pushed', 'tag', 'unchanged'],
    ['that is known, under a mutable tag of another, moves the tag', true, 'on other', undefined, 'tagged'],
    ['that is known, without a tag, changes nothing', true, undefined, undefined, 'unchanged'],
  ] as const)('%s', (_, known, place, immutableBy, outcome) => {
    expect(decidePush({ digest: pushed, known, ...tagged(place, immutableBy) })).toBe(outcome)
  })

  test.each([
    ['new', false, 'repository'],
    ['new', false, 'tag'],
    ['known', true, 'repository'],
    ['known', true, 'tag'],
  ] as const)('that is %s is refused under an immutable tag of another', (_, known, immutableBy) => {
    const decision = decidePush({ digest: pushed, known, ...tagged('on other', immutableBy) })
    expect(decision).toEqual({ tag: v1, immutableBy })
  })

  test('under several tags is refused exactly if one of them is refused alone', () => {
    const places = fc.array(fc.constantFrom(...anyPlace))
    fc.assert(
      fc.property(fc.boolean(), places, (known, tags) => {
        const alone = tags.map((tag) => decidePush({ digest: pushed, known, tags: [tag] }))
        const refusals = alone.filter((decision) => typeof decision === 'object')
        const together = decidePush({ digest: pushed, known, tags })
        if (refusals.length > 0) expect(together).toEqual(refusals[0])
        else
          expect(together).toBe(
            alone.find((decision) => decision !== 'unchanged') ?? (known ? 'unchanged' : 'created'),
          )
      }),
    )
  })
})

const anyPlace = [undefined, pushed, other].flatMap((current) =>
  ([undefined, 'repository', 'tag'] as const).map((immutableBy) => ({ name: v1, current, immutableBy })),
)

function tagged(
  place: 'nowhere' | 'on pushed' | 'on other' | undefined,
  immutableBy: ImmutableBy | undefined,
) {
  if (place === undefined) return { tags: [] }
  const current = { nowhere: undefined, 'on pushed': pushed, 'on other': other }[place]
  return { tags: [{ name: v1, current, immutableBy }] }
}
