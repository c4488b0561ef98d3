import { Counter, Histogram, type Registry } from 'prom-client'
import type { ExchangeObserver, FinishedExchange } from './finished-exchange.ts'
import { outcomeOf } from './outcome.ts'

const labelNames = ['route', 'method', 'outcome'] as const

/** From an answer out of memory to a large layer over a slow line, in seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]

const countedMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** The requests of one route, method and outcome. */
interface Series {
  readonly labels: Readonly<Record<(typeof labelNames)[number], string>>
  readonly byStatus: Map<number, number>
  bytesIn: number
  bytesOut: number
}

/**
 * Counts requests, their bytes and their time by route, method and outcome. A route is a template, so that there are as many
 * series as Berth has endpoints, whatever clients ask for. Counts are kept aside and handed to the registry when somebody
 * looks: that costs a request a microsecond less.
 */
export function requestMetrics(register: Registry): ExchangeObserver {
  const all = new Map<string, Series>()
  const durations = new Histogram({
    name: 'berth_http_request_duration_seconds',
    help: "From the end of a request's headers to the end of its answer.",
    labelNames,
    buckets,
    registers: [register],
  })
  exportCounts(register, all)
  return (exchange) => {
    const series = seriesOf(exchange, all)
    series.byStatus.set(exchange.status, (series.byStatus.get(exchange.status) ?? 0) + 1)
    series.bytesIn += exchange.bytesIn
    series.bytesOut += exchange.bytesOut
    durations.observe(series.labels, exchange.durationMs / 1000)
  }
}

function seriesOf(exchange: FinishedExchange, all: Map<string, Series>): Series {
  const route = exchange.notes.route ?? 'other'
  const method = countedMethods.has(exchange.method) ? exchange.method : 'other'
  const outcome = outcomeOf(exchange)
  const key = `${outcome} ${method} ${route}`
  let series = all.get(key)
  if (series === undefined) {
    series = { labels: { route, method, outcome }, byStatus: new Map(), bytesIn: 0, bytesOut: 0 }
    all.set(key, series)
  }
  return series
}

function exportCounts(register: Registry, all: ReadonlyMap<string, Series>): void {
  const counter = (name: string, help: string, labels: readonly string[], add: (to: Counter) => void) =>
    new Counter({
      name,
      help,
      labelNames: labels,
      registers: [register],
      collect() {
        this.reset()
        add(this)
      },
    })
  counter(
    'berth_http_requests_total',
    'Requests that are over, by the status of their answer.',
    [...labelNames, 'status'],
    (to) => {
      for (const { labels, byStatus } of all.values())
        for (const [status, count] of byStatus) to.inc({ ...labels, status: String(status) }, count)
    },
  )
  counter('berth_http_received_bytes_total', 'Bytes of request bodies.', labelNames, (to) => {
    for (const { labels, bytesIn } of all.values()) to.inc({ ...labels }, bytesIn)
  })
  counter('berth_http_sent_bytes_total', 'Bytes of answers, headers included.', labelNames, (to) => {
    for (const { labels, bytesOut } of all.values()) to.inc({ ...labels }, bytesOut)
  })
}
