import { spawnSync } from 'node:child_process'
import { CliError } from '../cli-error.ts'
import type { RunProgram } from './steps.ts'

/** Runs a program of this machine as it stands. @throws CliError with what it said unless it ends well */
export const runOnMachine: RunProgram = async ([program, ...args]) => {
  const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8' })
  if (error) throw new CliError(`${program} can't be run (${error.message})`, 'Install it, then try again.')
  if (status === 0) return
  throw new CliError(`${program} ended with ${status}: ${stderr.trim()}`, 'Mend that, then try again.')
}
