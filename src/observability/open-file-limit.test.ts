import { expect, test } from 'vitest'
import { openFileLimit } from './open-file-limit.ts'

const heading = 'Limit                     Soft Limit           Hard Limit           Units     \n'

test('the soft limit counts', () => {
  const limits = `${heading}Max processes             7                    7                    processes \nMax open files            1024                 524288               files     \n`
  expect(openFileLimit(limits)).toBe(1024)
})

test.each([
  ['no limit', `${heading}Max open files            unlimited            unlimited            files     \n`],
  ['a text without the line', heading],
  ['no text', ''],
])('%s is undefined', (_what, limits) => {
  expect(openFileLimit(limits)).toBeUndefined()
})
