import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { ExchangeObserver } from './finished-exchange.ts'
import { requestMetrics } from './request-metrics.ts'

/** A number that is looked up when somebody reads the metrics, or one for each value of a label. */
export interface Measured {
  readonly name: string
  readonly help: string
  readonly label?: string
  /** Undefined where the number isn't known now: it is left out then. */
  read(): Promise<number | undefined | Readonly<Record<string, number>>> | number | undefined
}

/**
 * What Prometheus reads: everything about requests and the process, and whatever is added with `measure`. The process is watched
 * from the first reading on: where nobody reads, that each collection of garbage is timed is only a cost.
 */
export class Metrics {
  /** To be told of every request. */
  readonly observe: ExchangeObserver
  readonly contentType: string
  readonly #registry = new Registry()
  readonly #onError: (error: unknown) => void
  #watchesProcess = false

  /** `onError` hears of numbers that couldn't be looked up; the others are shown nevertheless. */
  constructor(options: { readonly version: string; readonly onError: (error: unknown) => void }) {
    this.#onError = options.onError
    this.contentType = this.#registry.contentType
    this.observe = requestMetrics(this.#registry)
    new Gauge({
      name: 'berth_build_info',
      help: 'Always 1; the labels say what runs.',
      labelNames: ['version', 'node'],
      registers: [this.#registry],
    }).set({ version: options.version, node: process.versions.node }, 1)
  }

  /** Adds a number. Each name once. */
  measure({ name, help, label, read }: Measured): void {
    const onError = this.#onError
    new Gauge({
      name,
      help,
      labelNames: label === undefined ? [] : [label],
      registers: [this.#registry],
      async collect() {
        this.reset()
        try {
          const value = await read()
          if (typeof value === 'number') this.set(value)
          else if (value === undefined) this.remove()
          else for (const [name, each] of Object.entries(value)) this.set({ [label ?? 'name']: name }, each)
        } catch (error) {
          this.remove()
          onError(error)
        }
      },
    })
  }

  /** All numbers in Prometheus's text format. */
  text(): Promise<string> {
    this.#watchProcess()
    return this.#registry.metrics()
  }

  #watchProcess(): void {
    if (this.#watchesProcess) return
    this.#watchesProcess = true
    // Its loop watch wakes the process as often as its precision says; an idle Berth should sleep.
    collectDefaultMetrics({ register: this.#registry, eventLoopMonitoringPrecision: 20 })
  }
}
