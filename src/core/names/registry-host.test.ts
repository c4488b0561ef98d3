import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccountId } from './account-id.ts'
import { parseRegion } from './region.ts'
import { readRegistryHost, registryHostName } from './registry-host.ts'

const accounts = fc.stringMatching(/^[0-9]{12}$/).map(parseAccountId)
const regions = fc.stringMatching(/^[a-z0-9][0-9a-z-]{1,24}$/).map(parseRegion)
const domains = fc.domain()

test('every registry is found again under the host name it has', () => {
  fc.assert(
    fc.property(accounts, regions, domains, fc.nat(65535), (account, region, domain, port) => {
      const host = registryHostName({ account, region }, domain)
      expect(readRegistryHost(host, domain)).toEqual({ account, region })
      expect(readRegistryHost(`${host}:${port}`, domain)).toEqual({ account, region })
      expect(readRegistryHost(host.toUpperCase(), domain)).toEqual({ account, region })
    }),
  )
})

test.each([
  ['localhost:4566', 'no name under the domain'],
  ['registry.example', 'the domain itself'],
  ['111122223333.dkr.ecr.eu-west-2.amazonaws.com', 'another domain'],
  ['111122223333.dkr.ecr.eu-west-2.evilregistry.example', 'a domain that only ends alike'],
  ['11112222333.dkr.ecr.eu-west-2.registry.example', 'eleven digits'],
  ['111122223333.dkr.ecr.eu_west_2.registry.example', 'no region'],
  ['111122223333.dkr.ecr.registry.example', 'a missing region'],
  ['x.111122223333.dkr.ecr.eu-west-2.registry.example', 'a name in front'],
  ['111122223333.dkr.ecr.eu-west-2.x.registry.example', 'a name in between'],
  ['111122223333.api.ecr.eu-west-2.registry.example', 'another service'],
  ['', 'nothing'],
])('%j names no registry: %s', (host) => {
  expect(readRegistryHost(host, 'registry.example')).toBeUndefined()
})

test('no text makes reading fail', () => {
  fc.assert(
    fc.property(fc.string(), (host) => {
      expect(readRegistryHost(host, 'registry.example')).toBeUndefined()
    }),
  )
})
