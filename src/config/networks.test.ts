import { expect, test } from 'vitest'
import { isIn, parseNetworks } from './networks.ts'

test.each([
  ['10.0.0.0/8', '10.1.2.3', true],
  ['10.0.0.0/8', '::ffff:10.1.2.3', true],
  ['10.0.0.0/8', '11.0.0.1', false],
  ['127.0.0.1, ::1', '::1', true],
  ['fd00::/8', 'fd12::1', true],
  ['', '127.0.0.1', false],
  ['10.0.0.0/8', 'nonsense', false],
])('%j holds %s: %s', (networks, address, expected) => {
  const parsed = parseNetworks(networks)
  expect(parsed && isIn(parsed, address)).toBe(expected)
})

test.each(['10.0.0.0/33', 'example.com', '10.0.0.0/8/8', '::1/129', '10.0.0.0/x'])('%j is none', (text) => {
  expect(parseNetworks(text)).toBeUndefined()
})
