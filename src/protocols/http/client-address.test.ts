import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clientAddress } from './client-address.ts'

const proxies = new Set(['10.0.0.1', '10.0.0.2'])
const isTrusted = (address: string) => proxies.has(address)

test.each([
  ['a client without a proxy', '192.0.2.7', undefined, '192.0.2.7'],
  ['a client that makes up a proxy', '192.0.2.7', '198.51.100.1', '192.0.2.7'],
  ['a client behind a proxy', '10.0.0.1', '192.0.2.7', '192.0.2.7'],
  ['a client behind two', '10.0.0.1', '192.0.2.7, 10.0.0.2', '192.0.2.7'],
  ['a client that makes up one before ours', '10.0.0.1', '198.51.100.1, 192.0.2.7', '192.0.2.7'],
  ['a proxy that speaks for itself', '10.0.0.1', undefined, '10.0.0.1'],
  ['a proxy that says nonsense', '10.0.0.1', 'unknown', '10.0.0.1'],
])('finds %s', (_what, peer, forwardedFor, client) => {
  expect(clientAddress(peer, forwardedFor, isTrusted)).toBe(client)
})

test('nobody but a trusted proxy is believed', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.string(), (peer, forwardedFor) => {
      expect(clientAddress(peer, forwardedFor, () => false)).toBe(peer)
    }),
  )
})
