import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What a benchmark leaves behind unless it is taken away: one folder, and the processes that work in it. Both go when
 * it is disposed of, and also when the program ends early, by an error or a signal.
 */
export class Scratch implements Disposable {
  readonly folder: string
  readonly #running = new Set<ChildProcess>()
  readonly #clearAtExit = () => this[Symbol.dispose]()

  constructor(parent: string) {
    this.folder = mkdtempSync(join(parent, 'berth-bench-'))
    process.once('exit', this.#clearAtExit)
  }

  /** Makes an empty folder; `purpose` is the beginning of its name. */
  newFolder(purpose: string): string {
    const inside = join(this.folder, 'data')
    mkdirSync(inside, { recursive: true })
    return mkdtempSync(join(inside, `${purpose}-`))
  }

  /** Deletes a folder early, where disk space matters. */
  drop(folder: string): void {
    rmSync(folder, { recursive: true, force: true })
  }

  /** Starts a program in a process group of its own, so that its children can be ended with it. */
  spawn(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
    const child = spawn(command, args, { ...options, detached: true })
    this.#running.add(child)
    child.once('close', () => this.#running.delete(child))
    return child
  }

  [Symbol.dispose](): void {
    process.off('exit', this.#clearAtExit)
    for (const child of this.#running) killGroup(child)
    this.drop(this.folder)
  }
}

/** Ends a program that `Scratch.spawn` started, with everything it started itself. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    if (!isNoSuchProcess(error)) throw error
  }
}

function isNoSuchProcess(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH'
}
