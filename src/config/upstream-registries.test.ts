import { expect, test } from 'vitest'
import { readUpstreamUrl } from '../core/pull-through/upstream-origin.ts'
import { parseUpstreamRegistries } from './upstream-registries.ts'

function allows(list: string, url: string): boolean | undefined {
  const origin = readUpstreamUrl(url)
  return origin && parseUpstreamRegistries(list)?.(origin)
}

test.each([
  ['', 'registry.example.com', false],
  ['registry.example.com', 'registry.example.com', true],
  ['registry.example.com', 'Registry.Example.com', true],
  ['registry.example.com', 'http://registry.example.com', false],
  ['registry.example.com', 'registry.example.com:5000', false],
  ['registry.example.com, http://build-box:5000', 'http://build-box:5000', true],
  ['http://build-box:5000', 'build-box:5000', false],
  ['*', 'anything.example', true],
  ['*', 'http://anything.example', false],
])('%j allows %s: %s', (list, url, expected) => {
  expect(allows(list, url)).toBe(expected)
})

test.each(['a b', 'registry/path', 'ftp://x', 'a,,b'])('%j is no list of registries', (list) => {
  expect(parseUpstreamRegistries(list)).toBeUndefined()
})
