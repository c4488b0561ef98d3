import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { temporaryFolder } from './temporary-folder.ts'

/** The command a user types as `berth`: this clone's, or that of BERTH_TEST_PROGRAM, such as an installed package's. */
export const BERTH = process.env.BERTH_TEST_PROGRAM ?? join(import.meta.dirname, '../../bin/berth.js')

export interface BerthOptions {
  /** A folder that outlives the process; a temporary one unless told. */
  readonly dataDir?: string | undefined
  /** Flags of `berth serve` besides the port and the data folder. */
  readonly flags?: readonly string[] | undefined
  /** Variables of its environment besides this process's own. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** What runs, `BERTH` unless told. */
  readonly program?: string | undefined
  /** What the process needs and nobody else; disposed of after it. */
  readonly resources?: AsyncDisposableStack | undefined
}

/** Starts Berth as a user does, on a free port, and waits until it listens. */
export async function startBerthProcess(options: BerthOptions = {}): Promise<BerthProcess> {
  const resources = options.resources ?? new AsyncDisposableStack()
  const dataDir = options.dataDir ?? resources.use(await temporaryFolder()).path
  const berth = new BerthProcess(dataDir, options, resources)
  try {
    await berth.start()
    return berth
  } catch (error) {
    await berth[Symbol.asyncDispose]()
    throw error
  }
}

/** A Berth of its own process, which can be killed and started again on the same folder and port. */
export class BerthProcess implements AsyncDisposable {
  readonly dataDir: string
  readonly #options: Pick<BerthOptions, 'flags' | 'env' | 'program'>
  readonly #resources: AsyncDisposableStack
  #process: ServerProcess | undefined
  #port = 0

  constructor(
    dataDir: string,
    options: Pick<BerthOptions, 'flags' | 'env' | 'program'>,
    resources: AsyncDisposableStack,
  ) {
    this.dataDir = dataDir
    this.#options = options
    this.#resources = resources
  }

  /** What image references start with. */
  get host(): string {
    return `localhost:${this.#port}`
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Runs it again after `kill` or `terminate`. */
  async start(): Promise<void> {
    const place = ['--port', String(this.#port), '--data-dir', this.dataDir]
    const { flags = [], env, program = BERTH } = this.#options
    this.#process = new ServerProcess([program, 'serve', ...place, ...flags], env)
    this.#port = await this.#process.listening()
  }

  /** Resolves, once it has ended of itself, to the signal that it died of, if any. */
  async ended(): Promise<NodeJS.Signals | null> {
    return (await this.#process?.ended()) ?? null
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#process?.end('SIGKILL')
  }

  /** Asks it to stop and resolves, once it has, to its exit code. */
  async terminate(): Promise<number | null> {
    return (await this.#process?.end('SIGTERM')) ?? null
  }

  /** Everything it printed since it was last started. */
  get output(): string {
    return this.#process?.output ?? ''
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill()
    await this.#resources.disposeAsync()
  }
}

class ServerProcess {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  readonly #ended: Promise<unknown>
  output = ''

  constructor(args: readonly string[], env: BerthOptions['env']) {
    const all = { ...process.env, ...env }
    this.#child = spawn(process.execPath, args, { env: all, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#ended = once(this.#child, 'exit')
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
  }

  /** Resolves to the port, as the process prints it. */
  async listening(): Promise<number> {
    const until = new AbortController()
    this.#ended.finally(() => until.abort())
    for (;;) {
      const port = /http:\/\/[^\s/]+:(\d+)\D/.exec(this.output)?.[1]
      if (port) return Number(port)
      if (until.signal.aborted) throw new Error(`Berth ended before it listened:\n${this.output}`)
      await once(this.#child.stdout, 'data', { signal: until.signal }).catch(() => undefined)
    }
  }

  async ended(): Promise<NodeJS.Signals | null> {
    await this.#ended
    return this.#child.signalCode
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal)
    await this.#ended
    return this.#child.exitCode
  }
}
