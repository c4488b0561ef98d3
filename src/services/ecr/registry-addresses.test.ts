import { expect, test } from 'vitest'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import { proxyEndpoint, registryAddresses } from './registry-addresses.ts'

const registry = { account: parseAccountId('111122223333'), region: parseRegion('eu-west-2') }

test('without a domain, every registry is at the plain host', () => {
  const addresses = registryAddresses({ registryHost: 'localhost:4566' })
  expect(addresses.host(registry)).toBe('localhost:4566')
})

test.each([
  ['localhost:4566', '111122223333.dkr.ecr.eu-west-2.registry.example:4566'],
  ['registry.example', '111122223333.dkr.ecr.eu-west-2.registry.example'],
  ['[::1]:5000', '111122223333.dkr.ecr.eu-west-2.registry.example:5000'],
  ['[::1]', '111122223333.dkr.ecr.eu-west-2.registry.example'],
])('under a domain, with the registry host %s, a registry is at %s', (registryHost, host) => {
  const addresses = registryAddresses({ registryHost, registryDomain: 'registry.example' })
  expect(addresses.host(registry)).toBe(host)
})

test.each([
  ['http://127.0.0.1:4566', 'http://localhost:4566'],
  ['https://berth.example', 'https://localhost:4566'],
])('docker logs in by the scheme the client came by: %s gives %s', (endpoint, expected) => {
  const addresses = registryAddresses({ registryHost: 'localhost:4566' })
  expect(proxyEndpoint(addresses, registry, endpoint)).toBe(expected)
})

test('where Berth itself speaks TLS, docker logs in by https whatever way the client came', () => {
  const addresses = registryAddresses({ registryHost: 'localhost', secure: true })
  expect(proxyEndpoint(addresses, registry, 'http://127.0.0.1:4566')).toBe('https://localhost')
})
