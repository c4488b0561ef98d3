import { expect, test } from 'vitest'
import { type CvssScore, type CvssVersion, countSeverities, severityOf } from './severity.ts'

function cvss(version: CvssVersion, score: number): CvssScore {
  return { version, score, vector: '' }
}

test.each([
  ['CRITICAL', [cvss('3.1', 9)], undefined],
  ['HIGH', [cvss('2.0', 10)], undefined],
  ['HIGH', [cvss('3.1', 8.9)], undefined],
  ['MEDIUM', [cvss('3.0', 4)], undefined],
  ['LOW', [cvss('3.1', 3.9)], undefined],
  ['INFORMATIONAL', [cvss('3.1', 0)], undefined],
  ['LOW', [cvss('3.1', 9.8), cvss('4.0', 2)], undefined],
  ['MEDIUM', [cvss('3.1', 9.8)], 'Moderate'],
  ['CRITICAL', [cvss('3.1', 9.8)], 'not yet assigned'],
  ['INFORMATIONAL', [], 'unimportant'],
  ['UNDEFINED', [], undefined],
  ['UNDEFINED', [], 'constructor'],
] as const)('%s for %j and the word %s', (severity, scores, word) => {
  expect(severityOf({ cvss: scores, word })).toBe(severity)
})

test('counts tell only what there is', () => {
  expect(countSeverities([{ severity: 'LOW' }, { severity: 'HIGH' }, { severity: 'LOW' }])).toEqual({
    HIGH: 1,
    LOW: 2,
  })
})
