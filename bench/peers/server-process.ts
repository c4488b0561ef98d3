import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { killGroup } from '../scratch.ts'
import { forgetPeak, type Memory, memoryOf } from './process-memory.ts'
import { processorTimeOf } from './processor-time.ts'

/** A server under test, and what a client must send with every request to it. */
export interface Server extends AsyncDisposable {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly headers: Readonly<Record<string, string>>
  readonly memory: () => Promise<Memory>
  readonly forgetPeak: () => Promise<void>
  /** Milliseconds of processor time that its processes have taken so far. */
  readonly processorTime: () => Promise<number>
}

const bootLimitMs = 30_000
const stopLimitMs = 10_000

/** The process as a `Server`; disposing of it stops the process as an operator would, then the hard way. */
export function serverOf(
  child: ChildProcess,
  about: {
    readonly name: string
    readonly port: number
    readonly headers?: Readonly<Record<string, string>>
  },
): Server {
  const id = child.pid ?? 0
  return {
    name: about.name,
    host: '127.0.0.1',
    port: about.port,
    headers: about.headers ?? {},
    memory: () => memoryOf(id),
    forgetPeak: () => forgetPeak(id),
    processorTime: () => processorTimeOf(id),
    [Symbol.asyncDispose]: () => stop(child),
  }
}

/** @throws Error when the process ends, or doesn't answer HTTP at all for half a minute */
export async function waitUntilItAnswers(child: ChildProcess, url: string): Promise<void> {
  const limit = AbortSignal.timeout(bootLimitMs)
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with status ${child.exitCode}`)
    if (limit.aborted) throw new Error(`${child.spawnfile} does not answer at ${url}`)
    await pause(2)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer()
    return true
  } catch {
    return false // Nobody listens yet, which is what the caller is waiting out.
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return killGroup(child)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const limit = new AbortController()
  await Promise.race([ended, pause(stopLimitMs, undefined, { signal: limit.signal })])
  limit.abort()
  killGroup(child)
  await ended
}
