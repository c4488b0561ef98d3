import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import type { RegistryKey } from '../names/registry-key.ts'
import { parseRepositoryName } from '../names/repository-name.ts'
import { checkReplicationRules, destinationsOf, goesOn, type ReplicationRule } from './replication-rules.ts'

const accounts = ['111122223333', '444455556666', '777788889999']
const regions = ['us-east-1', 'eu-west-1', 'ap-south-1']
const names = ['team/app', 'team/web', 'teamwork', 'base', 'prod/team/app']

function registry(account: string, region: string): RegistryKey {
  return { account: parseAccountId(account), region: parseRegion(region) }
}

function repository(name: string, { account, region }: RegistryKey) {
  return { account, region, name: parseRepositoryName(name) }
}

const here = registry('111122223333', 'us-east-1')
const there = registry('444455556666', 'us-east-1')
const abroad = registry('111122223333', 'eu-west-1')

const anyRegistry = fc
  .tuple(fc.constantFrom(...accounts), fc.constantFrom(...regions))
  .map(([account, region]) => registry(account, region))
const anyPrefix = fc.constantFrom('team', 'team/', 'team/app', 'prod/', 'base')
const anyRule: fc.Arbitrary<ReplicationRule> = fc.record(
  {
    destinations: fc.array(anyRegistry, { maxLength: 4 }),
    prefixes: fc.array(anyPrefix, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['destinations'] },
)
const anyRules = fc.array(anyRule, { maxLength: 5 })
const anyRepository = fc
  .tuple(fc.constantFrom(...names), anyRegistry)
  .map(([name, key]) => repository(name, key))

describe('images go', () => {
  test.each<[string, readonly ReplicationRule[], readonly RegistryKey[]]>([
    ['nowhere without rules', [], []],
    ['everywhere that a rule without filters says', [{ destinations: [there, abroad] }], [there, abroad]],
    ['where the prefix fits', [{ destinations: [there], prefixes: ['team/'] }], [there]],
    ['where one of several prefixes fits', [{ destinations: [there], prefixes: ['x', 'te'] }], [there]],
    ['nowhere when no prefix fits', [{ destinations: [there], prefixes: ['app', 'prod/'] }], []],
    [
      'where any of the rules says, once',
      [{ destinations: [there] }, { destinations: [abroad, there], prefixes: ['team'] }],
      [there, abroad],
    ],
    ['never to where they are', [{ destinations: [here, there] }], [there]],
  ])('%s', (_, rules, expected) => {
    expect(destinationsOf(rules, repository('team/app', here))).toEqual(expected)
  })

  test('exactly where some rule that the name fits says, each once', () => {
    fc.assert(
      fc.property(anyRules, anyRepository, anyRegistry, (rules, from, to) => {
        const goes = destinationsOf(rules, from).filter(
          ({ account, region }) => account === to.account && region === to.region,
        )
        const isElsewhere = to.account !== from.account || to.region !== from.region
        const isAsked = rules.some(
          ({ destinations, prefixes = [''] }) =>
            prefixes.some((prefix) => from.name.startsWith(prefix)) &&
            destinations.some(({ account, region }) => account === to.account && region === to.region),
        )
        expect(goes).toHaveLength(isElsewhere && isAsked ? 1 : 0)
      }),
    )
  })

  test('to no more and no other places in another order of rules', () => {
    fc.assert(
      fc.property(anyRules, anyRepository, (rules, from) => {
        const inOrder = destinationsOf(rules, from)
        const reversed = destinationsOf(rules.toReversed(), from)
        expect(new Set(reversed)).toEqual(new Set(inOrder))
      }),
    )
  })
})

describe('rules are refused', () => {
  test('that send images to where they are', () => {
    expect(() => checkReplicationRules(here, [{ destinations: [there] }, { destinations: [here] }])).toThrow(
      "Invalid parameter at 'replicationConfiguration' failed to satisfy constraint: 'Replication destination cannot be the same as the source registry'",
    )
  })

  test('with more than 25 destinations, counting each once', () => {
    const many = Array.from({ length: 26 }, (_, index) => registry('444455556666', `region-${index}`))
    const some = many.slice(1)
    expect(() => checkReplicationRules(here, [{ destinations: some }, { destinations: some }])).not.toThrow()
    expect(() => checkReplicationRules(here, [{ destinations: many }])).toThrow('25 unique destinations')
  })
})

test.each([
  ['push', true],
  ['put-image', true],
  ['restore', true],
  ['sign', true],
  ['replication', false],
] as const)('an image that came by %s goes on: %s', (reason, expected) => {
  expect(goesOn(reason)).toBe(expected)
})
