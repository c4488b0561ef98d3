import { expect, test } from 'vitest'
import { decodePart } from './decode-part.ts'

test.each([
  ['team%2Fapp', 'team/app'],
  ['app', 'app'],
  ['%E0%A4', '%E0%A4'],
])('%s is read as %s', (part, read) => {
  expect(decodePart(part)).toBe(read)
})
