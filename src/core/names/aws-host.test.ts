import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccountId } from './account-id.ts'
import { awsHostNames, certifiedNames, globalStsHost, readAwsRegion } from './aws-host.ts'
import { parseRegion } from './region.ts'

const accounts = fc.stringMatching(/^[0-9]{12}$/).map(parseAccountId)
const regions = fc.stringMatching(/^[a-z0-9][0-9a-z-]{1,22}[a-z0-9]$/).map(parseRegion)

test('a registry and its APIs have the names that AWS gives them', () => {
  const registry = { account: parseAccountId('180789647333'), region: parseRegion('us-east-1') }
  expect(awsHostNames(registry, 'amazonaws.com')).toEqual([
    '180789647333.dkr.ecr.us-east-1.amazonaws.com',
    'api.ecr.us-east-1.amazonaws.com',
    'ecr.us-east-1.amazonaws.com',
    'sts.us-east-1.amazonaws.com',
    'sts.amazonaws.com',
  ])
})

test('the region of each name is found again, and the certificate of the region covers it', () => {
  fc.assert(
    fc.property(accounts, regions, fc.domain(), (account, region, domain) => {
      const covered = certifiedNames(region, domain)
      for (const name of awsHostNames({ account, region }, domain)) {
        if (name === globalStsHost(domain)) continue
        expect(readAwsRegion(name, domain)).toBe(region)
        expect(readAwsRegion(name.toUpperCase(), domain.toUpperCase())).toBe(region)
        expect(covered).toContain(name.replace(/^\d{12}\./, '*.'))
      }
    }),
  )
})

test.each([
  ['amazonaws.com', 'the domain itself'],
  ['s3.us-east-1.amazonaws.com', 'another service'],
  ['us-east-1.amazonaws.com', 'a region alone'],
  ['dkr.ecr.us-east-1.amazonaws.com', 'no account'],
  ['11112222333.dkr.ecr.us-east-1.amazonaws.com', 'eleven digits'],
  ['*.dkr.ecr.us-east-1.amazonaws.com', 'a wildcard'],
  ['x.111122223333.dkr.ecr.us-east-1.amazonaws.com', 'a name in front'],
  ['111122223333.dkr.ecr.us-east-1.evil.amazonaws.com', 'a name in between'],
  ['111122223333.dkr.ecr.us-east-1.amazonaws.com.evil.example', 'the domain in the middle'],
  ['111122223333.dkr.ecr.us-east-1.notamazonaws.com', 'a domain that only ends alike'],
  ['111122223333.dkr.ecr.-.amazonaws.com', 'a region that is no label of DNS'],
  ['111122223333.dkr.ecr.us_east_1.amazonaws.com', 'no region'],
  ['api.ecr..amazonaws.com', 'an empty region'],
  ['api.ecr.us-east-1.amazonaws.com.', 'a dot at the end'],
  ['api.ecr.us-east-1.amazonaws.com\0', 'a zero byte'],
  [`${'a.'.repeat(120)}amazonaws.com`, 'a very long name'],
])('%j is served by no certificate: %s', (host) => {
  expect(readAwsRegion(host, 'amazonaws.com')).toBeUndefined()
})

test('no text makes reading fail', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readAwsRegion(text, 'amazonaws.com')).toBeUndefined()
      expect(readAwsRegion(`${text}.amazonaws.com`, 'amazonaws.com')).not.toBe('')
    }),
  )
})
