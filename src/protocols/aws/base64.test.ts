import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'

test('bytes come back as they were', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeBase64(encodeBase64(bytes))).toEqual(Buffer.from(bytes))
    }),
  )
})

test.each(['a', 'ab', 'abc', 'ab-_', 'ab\ncd=', '====', 'a=bc', 'QQ==QUJD', 'äöüß', 'ab cd a='])(
  '%j is no base64',
  (text) => {
    expect(decodeBase64(text)).toBeUndefined()
  },
)

test('a slice of a larger buffer is encoded alone', () => {
  expect(encodeBase64(Buffer.from('xxhixx').subarray(2, 4))).toBe('aGk=')
})
