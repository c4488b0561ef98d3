import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../../names/account-id.ts'
import { digestOf } from '../../names/digest.ts'
import { parseRegion } from '../../names/region.ts'
import { parseRepositoryName } from '../../names/repository-name.ts'
import { type Acceptance, justifications } from '../acceptance.ts'
import { packageNameIn, readPackageUrl } from './component-purl.ts'
import { InvalidVexError, readOpenVex } from './read-openvex.ts'
import { writeOpenVex } from './write-openvex.ts'

const registry = { account: parseAccountId('000000000000'), region: parseRegion('us-east-1') }
const at = new Date('2026-03-01T12:00:00Z')
const by = 'arn:aws:iam::000000000000:root'
const reading = { registry, by, at }
const digest = digestOf('sha256', 'a'.repeat(64))
const subject = { registry, host: 'localhost:4566', id: 'id', at, author: by, version: '1' }

function document(...statements: object[]): object {
  return { '@context': 'https://openvex.dev/ns/v0.2.0', '@id': 'urn:x', author: 'x', version: 1, statements }
}

const notAffected = (more: object = {}) => ({
  vulnerability: { name: 'CVE-2026-1' },
  products: [{ '@id': 'pkg:oci/app?repository_url=registry.example.com/team/app' }],
  status: 'not_affected',
  justification: 'vulnerable_code_not_present',
  impact_statement: 'It is not built in.',
  ...more,
})

const acceptances = fc.record(
  {
    vulnerability: fc.constantFrom('CVE-2026-1', 'GHSA-x'),
    repository: fc.constantFrom(parseRepositoryName('team/app'), parseRepositoryName('app')),
    digest: fc.constant(digest),
    packageName: fc.constantFrom('curl', 'org.x:lib', '@scope/name', 'github.com/x/y', 'libstdc++6'),
    status: fc.constantFrom('NOT_AFFECTED' as const, 'FIXED' as const),
    reason: fc.string({ minLength: 1 }),
  },
  { requiredKeys: ['vulnerability', 'repository', 'status', 'reason'] },
)

describe('a document', () => {
  test('that was written is read as what was accepted', () => {
    fc.assert(
      fc.property(fc.array(acceptances), (some) => {
        const written = some.map((one): Acceptance => ({ ...one, by, at }))
        const read = readOpenVex(JSON.parse(JSON.stringify(writeOpenVex(written, subject))), reading)
        expect(read.passedOver).toEqual([])
        expect(read.acceptances.map(defined)).toEqual(written)
      }),
    )
  })

  test('of the whole registry is about that registry alone', () => {
    const everywhere: Acceptance = {
      vulnerability: 'CVE-2026-1',
      status: 'NOT_AFFECTED',
      reason: 'no',
      justification: justifications[0],
      by,
      at,
    }
    const written = writeOpenVex([everywhere], subject)
    expect(readOpenVex(written, reading).acceptances.map(defined)).toEqual([everywhere])
    const elsewhere = { ...reading, registry: { ...registry, account: parseAccountId('111122223333') } }
    expect(readOpenVex(written, elsewhere)).toMatchObject({ acceptances: [], passedOver: [{ index: 0 }] })
  })

  test('tells a risk that is accepted as what affects, and reads it as nothing', () => {
    const risk: Acceptance = {
      vulnerability: 'CVE-2026-1',
      repository: parseRepositoryName('app'),
      status: 'RISK_ACCEPTED',
      reason: 'behind a firewall',
      expiresAt: new Date('2027-01-01T00:00:00Z'),
      by,
      at,
    }
    const written = writeOpenVex([risk], subject)
    expect(written.statements).toMatchObject([
      {
        status: 'affected',
        action_statement: 'behind a firewall',
        status_notes: 'Accepted until 2027-01-01T00:00:00.000Z.',
      },
    ])
    expect(readOpenVex(written, reading)).toMatchObject({ acceptances: [], passedOver: [{ index: 0 }] })
  })
})

/** Without members that are undefined. */
function defined(acceptance: Acceptance): object {
  return Object.fromEntries(Object.entries(acceptance).filter(([, value]) => value !== undefined))
}

describe('of what others write,', () => {
  test('products by purl, with digests, aliases and components, are understood', () => {
    const statement = notAffected({
      vulnerability: { '@id': 'https://x', name: 'GHSA-x', aliases: ['CVE-2026-2'] },
      products: [
        {
          '@id': `pkg:oci/app@${encodeURIComponent(digest)}?repository_url=registry.example.com%2Fteam%2Fapp`,
          subcomponents: [{ identifiers: { purl: 'pkg:deb/debian/libcurl4@7?upstream=curl' } }],
        },
      ],
    })
    expect(readOpenVex(document(statement), reading).acceptances.map(defined)).toEqual([
      {
        vulnerability: 'CVE-2026-2',
        repository: 'team/app',
        digest,
        packageName: 'curl',
        status: 'NOT_AFFECTED',
        justification: 'vulnerable_code_not_present',
        reason: 'It is not built in.',
        by,
        at,
      },
    ])
  })

  test('the first version, with plain texts, is too', () => {
    const statement = notAffected({ vulnerability: 'CVE-2026-1', products: ['pkg:oci/app'] })
    expect(readOpenVex(document(statement), reading).acceptances).toMatchObject([{ repository: 'app' }])
  })

  test('other products count where it is said what they are', () => {
    const statement = notAffected({ products: [{ '@id': 'https://example.com/product' }] })
    expect(readOpenVex(document(statement), reading).passedOver).toMatchObject([{ index: 0 }])
    const repository = parseRepositoryName('team/app')
    expect(readOpenVex(document(statement), { ...reading, repository }).acceptances).toMatchObject([
      { repository },
    ])
  })

  test.each(['affected', 'under_investigation', 'constructor', undefined])(
    'a status %s accepts nothing',
    (status) => {
      expect(readOpenVex(document(notAffected({ status })), reading)).toMatchObject({
        acceptances: [],
        passedOver: [{ index: 0 }],
      })
    },
  )

  test.each([null, [], {}, { statements: [] }, { '@context': 'https://openvex.dev/ns/v0.2.0' }])(
    '%j is no document',
    (value) => {
      expect(() => readOpenVex(value, reading)).toThrow(InvalidVexError)
    },
  )

  test('whatever it is, it is read or refused', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (statements) => {
        const { passedOver } = readOpenVex({ ...document(), statements }, reading)
        expect(passedOver.length).toBeLessThanOrEqual(statements.length)
      }),
    )
  })
})

test.each([
  ['pkg:maven/org.x/lib@1', 'org.x:lib'],
  ['pkg:npm/%40scope/name@1', '@scope/name'],
  ['pkg:golang/github.com/x/y@v1#sub', 'github.com/x/y'],
  ['pkg:pypi/Zope.X@5', 'zope-x'],
  ['pkg:rpm/redhat/openssl@3?arch=x86_64', 'openssl'],
  ['pkg:cargo/time', 'time'],
])('the package of %s is %s', (purl, name) => {
  const read = readPackageUrl(purl)
  expect(read && packageNameIn(read)).toBe(name)
})
