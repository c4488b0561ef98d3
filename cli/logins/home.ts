import { homedir } from 'node:os'
import type { Environment } from '../../src/config/env.ts'

/** The folder of the user's own files. */
export function homeOf(env: Environment): string {
  return env.HOME || homedir()
}
