import { expect, test } from 'vitest'
import { formatBytes, formatCount, formatTime } from './format.ts'

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1536, '1.5 KiB'],
  [1_048_575, '1024.0 KiB'],
  [1_048_576, '1.0 MiB'],
  [5 * 2 ** 30, '5.0 GiB'],
  [2 ** 62, '4096.0 PiB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test('a moment is told to the second, in UTC', () => {
  expect(formatTime(new Date('2026-03-01T08:00:00.987Z'))).toBe('2026-03-01T08:00:00Z')
})

test('one thing is singular', () => {
  expect([0, 1, 2].map((count) => formatCount(count, 'blob'))).toEqual(['0 blobs', '1 blob', '2 blobs'])
})
