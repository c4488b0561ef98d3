import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { outputOf } from './client.ts'
import { installationsOf } from './installed-programs.ts'

/** A published Go module: exactly one state of its source. */
export interface GoModule {
  readonly path: string
  readonly version: string
  /** What its files hash to, as go.sum has it. */
  readonly sum: string
}

/** Why this machine can't build Go programs of this version of the language; false when it can. */
export function reasonWithoutGo(minor: number): string | false {
  if (installationsOf('go').length === 0) return 'go not installed'
  const version = execFileSync('go', ['env', 'GOVERSION'], { env: goEnv(), encoding: 'utf8' }).trim()
  const found = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? 0)
  return found < minor && `go 1.${minor} needed, ${version} installed`
}

/**
 * Builds the package at the root of a module, or its tests, with the dependencies that the module itself has locked; resolves to the
 * program's path. The first time on a machine it downloads and compiles for half a minute.
 *
 * @throws ProgramFailedError, and when the module isn't what it was
 */
export async function buildGoProgram(
  { path, version, sum }: GoModule,
  { as, folder }: { readonly as: 'program' | 'tests'; readonly folder: string },
): Promise<string> {
  const run = (...args: readonly string[]) => outputOf('go', args, { env: goEnv(), limitMs: 300_000 })
  const { Dir: source, Sum: found } = JSON.parse(await run('mod', 'download', '-json', `${path}@${version}`))
  if (found !== sum) throw new Error(`${path}@${version} has the hash ${found} instead of ${sum}`)
  const program = join(folder, `${version}.bin`)
  const build = as === 'program' ? ['build', '-C', source] : ['test', '-C', source, '-c']
  await run(...build, '-buildvcs=false', '-o', program, '.')
  return program
}

/** The user's own settings of Go, but never another Go than the one that is installed. */
function goEnv(): Record<string, string> {
  const given = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return { ...Object.fromEntries(given), GOTOOLCHAIN: 'local' }
}
