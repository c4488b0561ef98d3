import { expect, test } from 'vitest'
import { rowsOfRules, rulesOfRows } from './replication-rules.ts'

const west = { region: 'us-west-2', registryId: '000000000000' }
const east = { region: 'us-east-1', registryId: '111122223333' }
const prefix = (filter: string) => ({ filter, filterType: 'PREFIX_MATCH' as const })

test.each([
  ['nothing', []],
  ['everything, to two places', [{ destinations: [west, east] }]],
  [
    'some repositories each',
    [
      { destinations: [west], repositoryFilters: [prefix('team-a/'), prefix('team-b/')] },
      { destinations: [east], repositoryFilters: [prefix('team-b/')] },
    ],
  ],
])('rules for %s are the same when they have been in the form', (_what, rules) => {
  expect(rulesOfRows(rowsOfRules(rules))).toEqual(rules)
})

test('destinations of the same repositories share a rule, however they are written', () => {
  const rows = [
    { ...west, prefixes: 'a, b' },
    { ...east, prefixes: ' a b ' },
  ]
  expect(rulesOfRows(rows)).toEqual([
    { destinations: [west, east], repositoryFilters: [prefix('a'), prefix('b')] },
  ])
})
