import { expect, test } from 'vitest'
import { helpText, parseOptions, UsageError } from './options.ts'
import type { Row } from './row.ts'

const row = (name: string): Row => ({ name, about: `about ${name}`, run: async () => [] })
const all = [row('first'), row('second'), row('third')]

test('without options every row takes five turns', () => {
  expect(parseOptions([], all)).toMatchObject({ rows: all, rounds: 5, quick: false, writeDocs: false })
})

test('rows are those named, in the order given', () => {
  const { rows } = parseOptions(['--rows', 'third,first'], all)
  expect(rows.map(({ name }) => name)).toEqual(['third', 'first'])
})

test('a quick run takes two turns unless told otherwise', () => {
  expect(parseOptions(['--quick'], all).rounds).toBe(2)
  expect(parseOptions(['--quick', '--rounds', '7'], all).rounds).toBe(7)
})

test.each([
  [['--rows', 'fourth'], /'fourth'; there are first, second, third/],
  [['--rounds', '0'], /1 to 99/],
  [['--rounds', '3x'], /1 to 99/],
  [['--fast'], /--fast/],
  [['extra'], /extra/],
])('%j is refused with what is wrong', (args, message) => {
  expect(() => parseOptions(args, all)).toThrow(UsageError)
  expect(() => parseOptions(args, all)).toThrow(message)
})

test('the help names every row', () => {
  for (const { name, about } of all) expect(helpText(all)).toContain(`${name.padEnd(18)}${about}`)
})
