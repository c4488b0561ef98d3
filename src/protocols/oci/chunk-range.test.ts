import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readChunkRange } from './chunk-range.ts'
import { OciError } from './refusal.ts'

test('a chunk says where it begins and how long it is, in each of the usual spellings', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), (firstByte, extra) => {
      const plain = `${firstByte}-${firstByte + extra}`
      for (const header of [
        plain,
        `bytes ${plain}`,
        `bytes ${plain}/*`,
        `${plain}/${firstByte + extra + 1}`,
      ]) {
        expect(readChunkRange(header)).toEqual({ firstByte, length: extra + 1 })
      }
    }),
  )
})

test.each([
  '',
  '-',
  '5',
  '5-',
  '-5',
  '5-4',
  'bytes=0-4',
  '0-4,6-8',
  'a-b',
  '0x0-4',
  ' 0-4',
  '0-99999999999999999999',
])('%j is no range of bytes', (header) => {
  expect(() => readChunkRange(header)).toThrow(OciError)
})
