import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { postgresDialect } from './postgres-dialect.ts'

function errorWithCode(code: string): DatabaseError {
  const error = new DatabaseError('the server said no', 20, 'error')
  error.code = code
  return error
}

test.each([
  ['40001', 'again'],
  ['40P01', 'again'],
  ['53100', 'full'],
  ['23505', 'other'],
  ['25P02', 'other'],
])('code %s of the server means: %s', (code, meaning) => {
  expect(postgresDialect.meaningOf(errorWithCode(code))).toBe(meaning)
})

test('what is not the server speaking has no such meaning', () => {
  expect(postgresDialect.meaningOf(new Error('40001'))).toBe('other')
  expect(postgresDialect.meaningOf('40001')).toBe('other')
})
