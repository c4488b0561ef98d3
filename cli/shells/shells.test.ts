import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testWith } from '../../tests/support/installed-programs.ts'
import { bash, quote } from './bash.ts'
import { fish } from './fish.ts'
import { powershell } from './powershell.ts'
import type { Shell } from './shell.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-shells-'))
  await writeFile(join(folder, 'aws'), '#!/bin/sh\nprintf "%s|" "$@"\n')
  await chmod(join(folder, 'aws'), 0o755)
})
afterAll(() => rm(folder, { recursive: true }))

/** What a shell prints for a script. An `aws` that prints its arguments is on its path. */
function run(program: string, script: string): string {
  const env = { PATH: `${folder}${delimiter}${process.env.PATH}`, HOME: folder, GONE: '1', LC_ALL: 'C.UTF-8' }
  const { stdout, stderr, status } = spawnSync(program, ['-c', script], { env })
  expect(stderr.toString()).toBe('')
  expect(status).toBe(0)
  return stdout.toString()
}

const anyValue = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom(...'\'"\\$`!* ;&\n#~') }))
  .filter((text) => !text.includes('\0'))

describe.each<[program: string, shell: Shell, between: string]>([
  ['sh', bash, '\n'],
  ['sh', bash, ' '],
  ['bash', bash, '\n'],
  ['fish', fish, '\n'],
  ['fish', fish, ' '],
])('%s', (program, shell, between) => {
  const test = testWith(program)
  const parted = `statements parted by ${JSON.stringify(between)}`

  test(`any value arrives as it is, with ${parted}`, () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const statements = [shell.export('VALUE', value), shell.unset('GONE'), shell.unset('NEVER_THERE')]
        expect(run(program, [...statements, 'printf "[%s%s]" "$VALUE" "$GONE"'].join(between))).toBe(
          `[${value}]`,
        )
      }),
      { numRuns: 25 },
    )
  })

  test(`a wrapped aws is told where to go, with ${parted}`, () => {
    const statements = [shell.export('AWS_ENDPOINT_URL', 'http://here'), shell.wrapAws, "aws ecr 'a b'"]
    expect(run(program, statements.join(between))).toBe('--endpoint-url|http://here|ecr|a b|')
  })
})

test('PowerShell doubles a quote', () => {
  expect(powershell.export('VALUE', "it's")).toBe("$env:VALUE = 'it''s';")
})

test.each([
  ['/var/lib/berth', '/var/lib/berth'],
  ["it's here", "'it'\\''s here'"],
  ['', "''"],
])('the word %j of a command line is typed as %s', (word, typed) => {
  expect(quote(word)).toBe(typed)
})
