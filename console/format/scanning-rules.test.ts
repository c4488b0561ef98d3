import { expect, test } from 'vitest'
import { rowsOfScanning, scanningOfRows } from './scanning-rules.ts'

const wildcard = (filter: string) => ({ filter, filterType: 'WILDCARD' as const })

test('rules are the same when they have been in the form', () => {
  const rules = [
    { scanFrequency: 'SCAN_ON_PUSH' as const, repositoryFilters: [wildcard('team-a/*'), wildcard('b')] },
    { scanFrequency: 'CONTINUOUS_SCAN' as const, repositoryFilters: [wildcard('*')] },
  ]
  expect(scanningOfRows(rowsOfScanning(rules))).toEqual(rules)
})

test('a row without a pattern is about every repository', () => {
  expect(scanningOfRows([{ frequency: 'SCAN_ON_PUSH', patterns: ' ' }])).toEqual([
    { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [wildcard('*')] },
  ])
})
