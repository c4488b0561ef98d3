import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../names/digest.ts'
import { parseRepositoryName } from '../names/repository-name.ts'
import { type Acceptance, type AcceptanceScope, Acceptances, countsWithout } from './acceptance.ts'
import { countSeverities, severities } from './severity.ts'

const noon = new Date('2026-03-01T12:00:00Z')
const later = new Date('2026-03-01T12:00:01Z')
const repository = parseRepositoryName('team/app')
const digest = digestOf('sha256', 'a'.repeat(64))
const image = { repository, digest }
const finding = { name: 'CVE-2026-1', packageName: 'curl' }

function acceptance(scope: Partial<AcceptanceScope> = {}, facts: Partial<Acceptance> = {}): Acceptance {
  const why = { status: 'RISK_ACCEPTED', reason: 'because' } as const
  return { vulnerability: 'CVE-2026-1', ...scope, ...why, by: 'arn:aws:iam::1:root', at: noon, ...facts }
}

describe('a finding is accepted', () => {
  test.each<[string, Partial<AcceptanceScope>, boolean]>([
    ['everywhere', {}, true],
    ['in its repository', { repository }, true],
    ['in another repository', { repository: parseRepositoryName('team/other') }, false],
    ['in its image', { repository, digest }, true],
    ['in another image', { digest: digestOf('sha256', 'b'.repeat(64)) }, false],
    ['of its package', { packageName: 'curl' }, true],
    ['of another package', { packageName: 'openssl' }, false],
    ['under another name', { vulnerability: 'CVE-2026-11' }, false],
  ])('%s', (_, scope, expected) => {
    expect(new Acceptances([acceptance(scope)]).of(finding, image, noon) !== undefined).toBe(expected)
  })

  test('until it expires', () => {
    const some = new Acceptances([acceptance({}, { expiresAt: later })])
    expect(some.of(finding, image, noon)).toBeDefined()
    expect(some.of(finding, image, later)).toBeUndefined()
  })

  test('for the reason that says most of where', () => {
    const some = new Acceptances([
      acceptance({}, { reason: 'all' }),
      acceptance({ digest }, { reason: 'this' }),
    ])
    expect(some.of(finding, image, noon)?.reason).toBe('this')
  })
})

test('counts without some are the counts of the others', () => {
  const found = fc.array(fc.record({ severity: fc.constantFrom(...severities) }))
  fc.assert(
    fc.property(found, found, (some, others) => {
      expect(countsWithout(countSeverities([...some, ...others]), some)).toEqual(countSeverities(others))
    }),
  )
})
