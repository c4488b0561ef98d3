import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Upload } from './upload.ts'
import { LayerPartTooSmallError } from './upload-errors.ts'
import { isUploadId } from './upload-id.ts'
import { checkParts, withPart } from './upload-parts.ts'

const fiveMebibytes = 5 * 1024 * 1024
const fresh: Upload = { id: 'any', repositoryId: 1, startedAt: new Date(0), parts: 0 }

function uploadOf(lengths: readonly number[]): Upload {
  return lengths.reduce(withPart, fresh)
}

describe('the parts of an upload', () => {
  test.each([
    [[]],
    [[1]],
    [[fiveMebibytes]],
    [[fiveMebibytes, 1]],
    [[fiveMebibytes + 1, fiveMebibytes, fiveMebibytes + 2, 0]],
  ])('may be %j bytes long', (lengths) => {
    expect(() => checkParts(uploadOf(lengths))).not.toThrow()
  })

  test.each([
    [[1, fiveMebibytes]],
    [[fiveMebibytes - 1, 1]],
    [[fiveMebibytes, 0, fiveMebibytes, fiveMebibytes]],
  ])('may not be %j bytes long', (lengths) => {
    expect(() => checkParts(uploadOf(lengths))).toThrow(LayerPartTooSmallError)
  })

  test('are counted, and the shortest but the last is remembered', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 2 }), (lengths) => {
        const { parts, shortestInnerPart, lastPart } = uploadOf(lengths)
        expect({ parts, shortestInnerPart, lastPart }).toEqual({
          parts: lengths.length,
          shortestInnerPart: Math.min(...lengths.slice(0, -1)),
          lastPart: lengths.at(-1),
        })
      }),
    )
  })
})

test('an upload id is a UUID and nothing that could lead out of a folder', () => {
  fc.assert(fc.property(fc.uuid(), (id) => isUploadId(id)))
  fc.assert(fc.property(fc.string(), (text) => !isUploadId(text)))
  for (const text of ['../x', '%2e%2e', '00000000-0000-4000-8000-00000000000\0', `${'0'.repeat(36)}`]) {
    expect(isUploadId(text)).toBe(false)
  }
})
