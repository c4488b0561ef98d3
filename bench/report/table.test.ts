import { expect, test } from 'vitest'
import type { Result } from '../result.ts'
import { notes, table } from './table.ts'

const reading: Result = {
  what: 'reading',
  unit: 'requests/s',
  berth: [12_000, 11_000, 13_000],
  peer: { name: 'other', samples: [2000, 2000, 2000] },
  goal: { timesPeer: 5 },
  peakMemory: { berth: 90.4, peer: 30 },
  notes: ['same client'],
}

function cellsOf(result: Result): string[] {
  const line = table([result]).split('\n').at(-1) ?? ''
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim())
}

test('a row shows medians with their spread, the ratio and whether the goal is reached', () => {
  expect(cellsOf(reading)).toEqual([
    'reading',
    '12,000 (11,000–13,000) requests/s',
    'other 2,000 (2,000–2,000) requests/s',
    '6.00 (5.50–6.50)',
    '≥ 5: reached',
    '90 / 30 MiB',
  ])
})

test('a missed goal is called missed', () => {
  expect(cellsOf({ ...reading, goal: { timesPeer: 7 } })[4]).toBe('≥ 7: missed')
})

test('a peer that is not installed is named, and its goal not known', () => {
  const alone = cellsOf({ ...reading, peer: { name: 'other', samples: [] } })
  expect(alone.slice(2, 5)).toEqual(['other is not installed', '-', '≥ 5: not known'])
})

test('short times keep a digit behind the point', () => {
  expect(cellsOf({ what: 'page', unit: 'ms', berth: [4.26], notes: [] })).toEqual([
    'page',
    '4.3 (4.3–4.3) ms',
    '-',
    '-',
    '-',
    '-',
  ])
})

test('all lines are equally wide', () => {
  const lines = table([reading, { ...reading, what: 'reading something much longer' }]).split('\n')
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
})

test('a note that several rows share is said once', () => {
  expect(notes([reading, { ...reading, what: 'writing' }])).toEqual(['reading; writing — same client'])
})
