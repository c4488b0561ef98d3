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
    ['that is new, without a tag, creates an image', undefined, undefined, undefined, 'created'],
    ['that is new, under a new tag, creates an image', undefined, 'nowhere', undefined, 'created'],
    [
      'that is new, under a new immutable tag, creates an image',
      undefined,
      'nowhere',
      'repository',
      'created',
    ],
    [
      'that is new, under a mutable tag of another, creates an image',
      undefined,
      'on other',
      undefined,
      'created',
    ],
    ['that is known, under a new tag, tags it', 'ACTIVE', 'nowhere', undefined, 'tagged'],
    ['that is known, under a new immutable tag, tags it', 'ACTIVE', 'nowhere', 'tag', 'tagged'],
    ['that is known, under its own tag, changes nothing', 'ACTIVE', 'on pushed', undefined, 'unchanged'],
    [
      'that is known, under its own immutable tag, changes nothing',
      'ACTIVE',
      'on pushed',
      'tag',
      'unchanged',
    ],
    [
      'that is known, under a mutable tag of another, moves the tag',
      'ACTIVE',
      'on other',
      undefined,
      'tagged',
    ],
    ['that is known, without a tag, changes nothing', 'ACTIVE', undefined, undefined, 'unchanged'],
    ['that is archived, under its own tag, restores it', 'ARCHIVED', 'on pushed', undefined, 'restored'],
    [
      'that is archived, under its own immutable tag, restores it',
      'ARCHIVED',
      'on pushed',
      'tag',
      'restored',
    ],
    ['that is archived, without a tag, restores it', 'ARCHIVED', undefined, undefined, 'restored'],
    ['that is on its way back, under a new tag, restores it', 'ACTIVATING', 'nowhere', undefined, 'restored'],
  ] as const)('%s', (_, storage, place, immutableBy, outcome) => {
    expect(decidePush({ digest: pushed, storage, ...tagged(place, immutableBy) })).toBe(outcome)
  })

  test.each([
    ['new', undefined, 'repository'],
    ['new', undefined, 'tag'],
    ['known', 'ACTIVE', 'repository'],
    ['known', 'ACTIVE', 'tag'],
    ['archived', 'ARCHIVED', 'tag'],
  ] as const)('that is %s is refused under an immutable tag of another', (_, storage, immutableBy) => {
    const decision = decidePush({ digest: pushed, storage, ...tagged('on other', immutableBy) })
    expect(decision).toEqual({ tag: v1, immutableBy })
  })

  test('under several tags is refused exactly if one of them is refused alone', () => {
    const anyStorage = fc.constantFrom('ACTIVE', 'ARCHIVED', 'ACTIVATING', undefined)
    const places = fc.array(fc.constantFrom(...anyPlace))
    fc.assert(
      fc.property(anyStorage, places, (storage, tags) => {
        const alone = tags.map((tag) => decidePush({ digest: pushed, storage, tags: [tag] }))
        const refusals = alone.filter((decision) => typeof decision === 'object')
        const together = decidePush({ digest: pushed, storage, tags })
        if (refusals.length > 0) expect(together).toEqual(refusals[0])
        else
          expect(together).toBe(
            alone.find((decision) => decision !== 'unchanged') ??
              decidePush({ digest: pushed, storage, tags: [] }),
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
