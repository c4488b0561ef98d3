import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isHostName, isListenAddress, isLoopback, isLoopbackUrl, isRegistryHost } from './host-names.ts'

test('every domain name is a host name, and may stand before an image with any port', () => {
  fc.assert(
    fc.property(fc.domain(), fc.nat(65_535), (domain, port) => {
      expect(isHostName(domain)).toBe(true)
      expect(isRegistryHost(domain)).toBe(true)
      expect(isRegistryHost(`${domain}:${port}`)).toBe(true)
    }),
  )
})

test('every address can be listened on, and those of 127/8 alone are loopback', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(isListenAddress(address)).toBe(true)
      expect(isLoopback(address)).toBe(address.startsWith('127.'))
    }),
  )
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      expect(isListenAddress(address)).toBe(true)
    }),
  )
})

describe.each([
  ['', 'nothing'],
  ['-a', 'a leading hyphen'],
  ['a..b', 'an empty label'],
  ['a_b', 'an underscore'],
  ['a b', 'a space'],
  ['host/path', 'a path'],
  [`${'a'.repeat(64)}.example`, 'a label of 64'],
  [Array(70).fill('abc').join('.'), 'more than 253'],
])('%s', (text) => {
  test('is no host name, no address to listen on and no registry', () => {
    expect([isHostName(text), isListenAddress(text), isRegistryHost(text)]).toEqual([false, false, false])
  })
})

test.each(['localhost.example', '127.0.0.1.example', '127.1', '0.0.0.0', '::', '127.0.0.256', '128.0.0.1'])(
  '%s is not taken for loopback',
  (host) => {
    expect(isLoopback(host)).toBe(false)
  },
)

test.each(['registry:', 'registry:65536', 'registry:x', ':80', '[::1]:80', 'http://registry'])(
  '%s is no registry host',
  (text) => {
    expect(isRegistryHost(text)).toBe(false)
  },
)

test.each([
  ['https://127.0.0.1:443', true],
  ['https://[::1]', true],
  ['https://localhost:8443', true],
  ['https://192.168.0.7', false],
  ['https://localhost.example', false],
])('whether %s is on this machine alone: %s', (url, expected) => {
  expect(isLoopbackUrl(url)).toBe(expected)
})
