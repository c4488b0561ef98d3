import { expect, test } from 'vitest'
import { originIn } from './url-in-output.ts'

test.each([
  ['Berth listens on http://127.0.0.1:4566', 'http://127.0.0.1:4566', 4566],
  ['{"url":"http://localhost:50123/","msg":"ready"}', 'http://localhost:50123', 50123],
])('finds the address in %s', (line, origin, port) => {
  expect(originIn(line)).toEqual({ origin, port })
})

test('a line without an address has none', () => {
  expect(originIn('Opening the data folder /tmp/http')).toBeUndefined()
})
