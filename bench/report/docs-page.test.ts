import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withLatestRun } from './docs-page.ts'

const page = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8')

test('a new run replaces the last one and nothing else', () => {
  const once = withLatestRun(page, 'a table')
  expect(once).toContain('\na table\n')
  expect(withLatestRun(once, 'another table')).toBe(once.replace('a table', 'another table'))
})

test('a page without the marks is left alone', () => {
  expect(() => withLatestRun('# Benchmarks', 'a table')).toThrow('marks')
})
