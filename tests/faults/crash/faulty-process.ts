import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { ForgetfulDisk } from '../power/forgetful-disk.ts'
import type { Deed, Order, Report } from './fault.ts'

const entry = join(import.meta.dirname, 'faulty-server.ts')

/** A server of its own process that breaks as it is told. */
export class FaultyProcess implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #ended: Promise<unknown>
  readonly #reports: Report[] = []
  output = ''

  /**
   * @param compileCache a folder where compiled sources are kept, so that the next one starts sooner
   * @param disk what its database lies on, unless that is the system's own
   */
  constructor(compileCache: string, disk: ForgetfulDisk | undefined) {
    const env = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: compileCache, ...disk?.env }
    this.#child = fork(entry, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    this.#ended = once(this.#child, 'exit')
    this.#child.on('message', (report: Report) => this.#reports.push(report))
    this.#child.on('error', () => {}) // an order that comes too late for it; `ended` tells of its death
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
  }

  get isDead(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** Whether it ended of itself, which no server may: all that it printed says why. */
  get hasFailed(): boolean {
    return this.#child.exitCode !== null
  }

  /** The deeds that it has made fail so far. */
  get failedDeeds(): readonly Deed[] {
    return this.#reports.flatMap((report) => (report.kind === 'failed' ? report.deed : []))
  }

  /** Opens the folder and listens; resolves to the port. */
  async open(place: Omit<Extract<Order, { readonly kind: 'open' }>, 'kind'>): Promise<number> {
    await this.#reported('loaded')
    this.tell({ kind: 'open', ...place })
    return (await this.#reported('listening')).port
  }

  tell(order: Order): void {
    if (!this.isDead) this.#child.send(order, () => {})
  }

  /** Removes all garbage. */
  async collect(): Promise<void> {
    this.tell({ kind: 'collect' })
    await this.#reported('collected')
  }

  async kill(): Promise<void> {
    if (!this.isDead) this.#child.kill('SIGKILL')
    await this.#ended
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }

  async #reported<Kind extends Report['kind']>(
    kind: Kind,
  ): Promise<Extract<Report, { readonly kind: Kind }>> {
    const until = new AbortController()
    this.#ended.finally(() => until.abort())
    for (;;) {
      const report = this.#reports.find((each) => each.kind === kind)
      if (report?.kind === kind) {
        this.#reports.splice(this.#reports.indexOf(report), 1)
        return report as Extract<Report, { readonly kind: Kind }>
      }
      if (this.isDead) throw new Error(`The server ended before it was ${kind}:\n${this.output}`)
      await once(this.#child, 'message', { signal: until.signal }).catch(() => undefined)
    }
  }
}
