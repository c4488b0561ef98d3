import { describe, expect, test } from 'vitest'
import { digestOf } from '../names/digest.ts'
import { parseTag } from '../names/tag.ts'
import { type DeletionCase, decideDeletion } from './deletion.ts'

const image = digestOf('sha256', 'a'.repeat(64))
const index = digestOf('sha256', 'b'.repeat(64))
const [v1, v2] = [parseTag('v1'), parseTag('v2')]

function decide(changes: Partial<DeletionCase>) {
  const found = { image, tags: [], indexes: [], lastTag: 'deletes-image' } as const
  return decideDeletion({ asked: { digest: image }, ...found, ...changes })
}

describe('a deletion', () => {
  test('by a tag that is not the last removes the tag', () => {
    expect(decide({ asked: { tag: v1 }, tags: [v1, v2] })).toEqual({ remove: 'tag', digest: image, tag: v1 })
  })

  test('by the last tag removes the image', () => {
    expect(decide({ asked: { tag: v1 }, tags: [v1] })).toEqual({ remove: 'image', digest: image })
  })

  test('by the last tag removes the tag alone where the image is to be kept, even from an image in an index', () => {
    const removal = decide({ asked: { tag: v1 }, tags: [v1], lastTag: 'keeps-image', indexes: [index] })
    expect(removal).toEqual({ remove: 'tag', digest: image, tag: v1 })
  })

  test('by the last tag of an image in an index is refused', () => {
    expect(decide({ asked: { tag: v1 }, tags: [v1], indexes: [index] })).toMatchObject({
      refused: { message: `Requested image referenced by manifest list: [${index}]` },
    })
  })

  test('by one of several tags of an image in an index removes the tag', () => {
    const removal = decide({ asked: { tag: v1 }, tags: [v1, v2], indexes: [index] })
    expect(removal).toMatchObject({ remove: 'tag', tag: v1 })
  })

  test('by digest removes the image, whatever its tags', () => {
    expect(decide({ tags: [v1, v2] })).toEqual({ remove: 'image', digest: image })
    expect(decide({ lastTag: 'keeps-image' })).toEqual({ remove: 'image', digest: image })
  })

  test('by digest of an image in an index is refused', () => {
    expect(decide({ indexes: [index, image] })).toMatchObject({
      refused: { message: `Requested image referenced by manifest list: [${index}, ${image}]` },
    })
  })

  test('by digest and a tag it has is a deletion of the tag', () => {
    const asked = { digest: image, tag: v1 }
    expect(decide({ asked, tags: [v1, v2] })).toEqual({ remove: 'tag', digest: image, tag: v1 })
    expect(decide({ asked, tags: [v1] })).toEqual({ remove: 'image', digest: image })
  })

  test('by digest and a tag of another image is refused', () => {
    expect(decide({ asked: { digest: index, tag: v1 }, tags: [v1] })).toMatchObject({
      refused: { name: 'ImageTagDoesNotMatchDigestError' },
    })
  })
})
