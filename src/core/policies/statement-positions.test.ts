import fc from 'fast-check'
import { expect, test } from 'vitest'
import { statementPositions } from './statement-positions.ts'

const cut = (text: string) => {
  const lines = text.split('\n')
  const offset = ({ line, column }: { readonly line: number; readonly column: number }) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1
  return statementPositions(text).map(({ start, end }) => JSON.parse(text.slice(offset(start), offset(end))))
}

test.each([
  ['{"Statement":{"Effect":"Allow"}}', 1],
  ['{"Statement":[{"Sid":"}{\\""},{"Condition":{"Bool":{"a:b":["true"]}}}]}', 2],
  ['{"Id":"Statement","Version":"2012-10-17","Statement":[]}', 0],
])('%s has %i statements', (text, count) => {
  expect(cut(text)).toHaveLength(count)
})

test('each statement stands where it is said to stand, however the policy is written', () => {
  const statement = fc.record({
    Sid: fc.string(),
    Action: fc.array(fc.string(), { minLength: 1 }),
    Condition: fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.string())),
  })
  const indent = fc.constantFrom(undefined, 2, '\t')
  fc.assert(
    fc.property(fc.array(statement), indent, fc.string(), (statements, space, Id) => {
      const text = JSON.stringify({ Id, Statement: statements, Version: '2012-10-17' }, null, space)
      expect(cut(text)).toEqual(JSON.parse(JSON.stringify(statements)))
    }),
  )
})
