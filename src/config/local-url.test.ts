import { expect, test } from 'vitest'
import { localUrl } from './local-url.ts'

test.each([
  ['http://127.0.0.1:4566', 'http://127.0.0.1:4566'],
  ['http://0.0.0.0:4566', 'http://127.0.0.1:4566'],
  ['http://[::]:4566', 'http://[::1]:4566'],
  ['http://[::1]:80', 'http://[::1]'],
  ['http://build-box:5000/', 'http://build-box:5000'],
])('what listens on %s is reached at %s', (url, reached) => {
  expect(localUrl(url)).toBe(reached)
})
