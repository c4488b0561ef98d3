import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../tests/support/temporary-folder.ts'
import { isOnPath } from './is-on-path.ts'

test.each([
  ['bin', true],
  ['node_modules/.bin', false],
])('a program in %s is found by a shell: %s', async (folder, expected) => {
  await using home = await temporaryFolder()
  const there = join(home.path, folder)
  await mkdir(there, { recursive: true })
  await writeFile(join(there, 'program'), '', { mode: 0o755 })
  await writeFile(join(there, 'text'), '', { mode: 0o644 })
  const path = ['/nowhere', there].join(delimiter)
  expect(isOnPath('program', path)).toBe(expected)
  expect(isOnPath('text', path)).toBe(false)
  expect(isOnPath('absent', path)).toBe(false)
})

test('without a path nothing is found', () => {
  expect(isOnPath('program')).toBe(false)
})
