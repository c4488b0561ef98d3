import { spawnSync } from 'node:child_process'

/**
 * What a program says its version is, or undefined when it isn't installed. Looks where Debian puts servers too, which
 * isn't on every user's path.
 */
export function versionOf(command: string, flag: string): string | undefined {
  const { stdout, stderr, error } = spawnSync(command, [flag], { encoding: 'utf8', env: environment() })
  if (error !== undefined) return undefined
  return /\d+\.\d+[\w.+~-]*/.exec(stdout + stderr)?.[0]
}

/** This program's environment with Debian's places for servers on the path. */
export function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin` }
}
