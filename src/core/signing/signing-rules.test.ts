import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseDigest } from '../names/digest.ts'
import { parseRegion } from '../names/region.ts'
import { parseTag } from '../names/tag.ts'
import { checkSigningRules, isToBeSigned, signersOf } from './signing-rules.ts'

const registry = { account: parseAccountId('111122223333'), region: parseRegion('eu-west-1') }
const release = 'arn:aws:signer:eu-west-1:111122223333:/signing-profiles/release'
const audit = 'arn:aws:signer:eu-west-1:444455556666:/signing-profiles/audit'

describe('images are signed', () => {
  test.each([
    ['by nobody without rules', [], []],
    ['by every rule without filters', [{ profile: release }, { profile: audit }], [release, audit]],
    ['by a rule whose pattern the whole name fits', [{ profile: release, filters: ['prod/*'] }], [release]],
    ['by nobody whose pattern fits a part alone', [{ profile: release, filters: ['prod', 'app'] }], []],
    [
      'once by a profile that two rules name',
      [{ profile: release }, { profile: release, filters: ['*'] }],
      [release],
    ],
  ])('%s', (_, rules, expected) => {
    expect(signersOf(rules, 'prod/app')).toEqual(expected)
  })

  const subject = parseDigest(`sha256:${'a'.repeat(64)}`)
  const tag = parseTag(`sha256-${'a'.repeat(64)}.sig`)
  test.each([
    ['an image that is pushed', true, { reason: 'push', tags: [parseTag('v1')] }],
    ['an image that is put', true, { reason: 'put-image', tags: [] }],
    ['a replica', false, { reason: 'replication', tags: [] }],
    ['a restored image', false, { reason: 'restore', tags: [] }],
    ['a signature', false, { reason: 'push', subject, tags: [] }],
    ['a signature of a client that knows no subjects', false, { reason: 'push', tags: [tag] }],
  ] as const)('%s: %s', (_what, expected, image) => {
    expect(isToBeSigned(image)).toBe(expected)
  })
})

describe('rules', () => {
  test("may name any account's profile of their own region", () => {
    expect(() => checkSigningRules(registry, [{ profile: release }, { profile: audit }])).not.toThrow()
  })

  test('may not name a profile of another region', () => {
    const abroad = release.replace('eu-west-1', 'us-east-1')
    expect(() => checkSigningRules(registry, [{ profile: abroad }])).toThrow(
      "Invalid parameter at 'signingConfiguration' failed to satisfy constraint: 'Signing profiles must be in the region of the registry, eu-west-1'",
    )
  })
})
