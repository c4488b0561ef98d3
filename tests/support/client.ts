import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

const DEFAULT_LIMIT_MS = 150_000

export interface RunOptions {
  readonly cwd?: string | undefined
  /** The program's whole environment, but for PATH, which it always has. */
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly input?: string | Uint8Array | undefined
  /** Milliseconds after which the program and its children are killed; less than a test has, unless told. */
  readonly limitMs?: number | undefined
}

export interface Outcome {
  /** Null when a signal ended the program. */
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A program that had to succeed and didn't; the message holds all it said. */
export class ProgramFailedError extends Error {
  override readonly name = 'ProgramFailedError'
  constructor(command: readonly string[], { exitCode, stdout, stderr }: Outcome) {
    super(`${command.join(' ')} ended with ${exitCode ?? 'a signal'}\n${stdout}\n${stderr}`)
  }
}

/** Runs a program to its end, whatever its exit code, or until its time is up. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Outcome> {
  const env = { PATH: process.env.PATH ?? '', ...options.env }
  const child = spawn(program, args, { cwd: options.cwd, env, detached: true, stdio: 'pipe' })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const limit = setTimeout(() => killGroup(child.pid), options.limitMs ?? DEFAULT_LIMIT_MS)
  child.stdin.on('error', () => child.stdin.destroy()) // it may end without reading its input
  child.stdin.end(options.input)
  try {
    const [exitCode, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
    return { exitCode, stdout, stderr }
  } finally {
    clearTimeout(limit)
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // nothing of the group is left
  }
}

/** What a program prints on success, without the space around. @throws ProgramFailedError */
export async function outputOf(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const outcome = await runProgram(program, args, options)
  if (outcome.exitCode !== 0) throw new ProgramFailedError([program, ...args], outcome)
  return outcome.stdout.trim()
}

/** A command-line client bound to its settings. */
export interface Client {
  /** Runs it to its end, whatever its exit code. */
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>
  /** What it prints on success, without the space around. @throws ProgramFailedError */
  output(args: readonly string[], options?: RunOptions): Promise<string>
}

/** `fixedArgs` stand before those of every call; `env` is there in every call. */
export function createClient(
  program: string,
  fixedArgs: readonly string[],
  env: Readonly<Record<string, string>>,
): Client {
  const bound = (options: RunOptions = {}) => ({ ...options, env: { ...env, ...options.env } })
  return {
    run: (args, options) => runProgram(program, [...fixedArgs, ...args], bound(options)),
    output: (args, options) => outputOf(program, [...fixedArgs, ...args], bound(options)),
  }
}
