import { expect, test } from 'vitest'
import { facts, table } from './table.ts'

test('cells stand under their columns, whole, with nothing at the end of a line', () => {
  expect(
    table(
      ['TAG', 'WHY'],
      [
        ['v1', 'push'],
        ['a-long-tag', 'delete'],
      ],
    ),
  ).toBe('TAG          WHY\nv1           push\na-long-tag   delete\n')
})

test('a table without rows is its columns', () => {
  expect(table(['TAG', 'WHY'], [])).toBe('TAG   WHY\n')
})

test('facts stand behind their names', () => {
  expect(
    facts([
      ['Version', '1.0'],
      ['Up', 'yes'],
    ]),
  ).toBe('Version   1.0\nUp        yes\n')
})
