import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type TestFunction, test } from 'vitest'

/** Where PATH finds a program; several places may hold one of that name. */
export function installationsOf(program: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, program)).filter(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A case of a suite that needs something from the machine. */
export type ConditionalTest = (name: string, body: TestFunction, timeoutMs?: number) => void

/** `test` for cases that need programs: see `testUnless`. */
export function testWith(...programs: readonly string[]): ConditionalTest {
  return testUnless(reasonWithout(programs))
}

/** `test` for cases that run programs which only root may, as container engines are run here: see `testUnless`. */
export function testAsRootWith(...programs: readonly string[]): ConditionalTest {
  const isRoot = process.getuid?.() === 0
  return testUnless(reasonWithout(programs) || (!isRoot && `${programs.join(', ')} need root`))
}

function reasonWithout(programs: readonly string[]): string | false {
  const missing = programs.filter((program) => installationsOf(program).length === 0)
  return missing.length > 0 && `${missing.join(', ')} not installed`
}

/**
 * `test`, unless there is a reason why this machine can't run the case: then it is reported as skipped under its
 * name and the reason. With BERTH_TEST_REQUIRE_ALL=1, as in CI, it fails instead.
 */
export function testUnless(reason: string | false): ConditionalTest {
  if (reason === false) return (name, body, timeoutMs) => test(name, body, timeoutMs)
  if (process.env.BERTH_TEST_REQUIRE_ALL === '1') return (name) => test(name, () => fail(reason))
  return (name, body) => test.skip(`${name} (${reason})`, body)
}

function fail(reason: string): never {
  throw new Error(`This machine can't run the test: ${reason}`)
}
