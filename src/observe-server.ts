import { statfs } from 'node:fs/promises'
import packageJson from '../package.json' with { type: 'json' }
import type { Clock } from './clock.ts'
import type { Config } from './config/config.ts'
import { accessLog } from './observability/access-log.ts'
import { auditLog } from './observability/audit-log.ts'
import { auditTrail, type TrailSink } from './observability/audit-trail.ts'
import { type ExchangeObserver, tellAll } from './observability/finished-exchange.ts'
import type { Log } from './observability/log.ts'
import type { LogOutput } from './observability/log-output.ts'
import { Metrics } from './observability/metrics.ts'
import { type Check, Readiness } from './observability/readiness.ts'
import type { Listeners } from './open-listeners.ts'
import type { MemoryBudget } from './registry/memory-budget.ts'
import { StorageCensus } from './registry/storage-census.ts'
import { checkWritable } from './stores/blobs/file/check-writable.ts'
import type { MetadataStore } from './stores/metadata/metadata-store.ts'

/** How old, in ms, the count of what is stored may be. */
const censusFreshMs = 60_000

/** What tells operators how a server is doing. */
export interface ServerObservation {
  readonly metrics: Metrics
  readonly readiness: Readiness
  /** Writes the logs and counts, once for each request. */
  readonly observe: ExchangeObserver
}

/** Where observation comes from and goes to. */
export interface ObservedParts {
  readonly config: Config
  readonly metadata: MetadataStore
  readonly log: Log
  /** Where access and audit lines go. */
  readonly lines: LogOutput
  readonly trail: TrailSink
  /** The true time, of log lines. */
  readonly now: () => Date
  /** The time by which everything else goes. */
  readonly clock: Clock
}

export function observeServer(parts: ObservedParts): ServerObservation {
  const { config, metadata, log, lines, trail, now, clock } = parts
  const onError = (err: unknown) => log.warn({ err }, 'A metric could not be read')
  const metrics = new Metrics({ version: packageJson.version, onError })
  const observers = [
    metrics.observe,
    ...(config.accessLog === 'off' ? [] : [accessLog(config.accessLog, lines, now)]),
    ...(config.auditLog === 'off' ? [] : [auditLog(lines, now)]),
    auditTrail(trail, {
      reads: config.auditReads === 'summary',
      operator: config.accountId,
      now: clock.now,
    }),
  ]
  const checks = new Map<string, Check>([
    ['database', () => metadata.figures.openUploads()],
    ['disk', () => checkWritable(config.dataDir)],
  ])
  const readiness = new Readiness(checks, (check, err) => log.warn({ check, err }, 'Berth is not ready'))
  return { metrics, readiness, observe: tellAll(observers) }
}

/** Adds what is looked up when the metrics are read. Disposing ends counting. */
export function measureServer(
  metrics: Metrics,
  { config, metadata, log }: ObservedParts,
  { plain, tls }: Listeners,
  memory: MemoryBudget,
): AsyncDisposable {
  const { figures } = metadata
  const onError = (err: unknown) => log.warn({ err }, 'Counting what is stored failed')
  const census = new StorageCensus({ figures, freshMs: censusFreshMs, onError })
  const both = (count: 'connections' | 'running') => plain[count] + (tls?.[count] ?? 0)
  const add = (name: string, help: string, read: () => Promise<number> | number | undefined) =>
    metrics.measure({ name: `berth_${name}`, help, read })
  add('http_connections', 'Open connections.', () => both('connections'))
  add('http_requests_running', 'Requests that are being answered.', () => both('running'))
  add('uploads_open', 'Uploads that are neither complete nor cancelled nor expired.', () =>
    figures.openUploads(),
  )
  add('storage_blobs', 'Blobs stored, counted within the last minutes.', () => census.latest?.blobs)
  add('storage_bytes', 'Bytes of these blobs.', () => census.latest?.bytes)
  add('disk_free_bytes', 'What Berth may still write to the disk of its data folder.', () =>
    freeBytes(config.dataDir),
  )
  add('request_memory_free_bytes', 'What is left for requests that are held whole.', () => memory.free)
  add('request_memory_waiting', 'Requests that wait for such memory.', () => memory.waiting)
  metrics.measure({
    name: 'berth_jobs',
    help: 'Jobs that wait or run, by kind.',
    label: 'kind',
    read: async () => Object.fromEntries((await figures.jobs()).map(({ kind, jobs }) => [kind, jobs])),
  })
  metrics.measure({
    name: 'berth_jobs_failing',
    help: 'Jobs whose latest run failed, by kind.',
    label: 'kind',
    read: async () => Object.fromEntries((await figures.jobs()).map(({ kind, failing }) => [kind, failing])),
  })
  return census
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
