import { randomUUID } from 'node:crypto'
import { buildDoor } from './build-door.ts'
import type { Config } from './config/config.ts'
import { tlsPortSuffix } from './config/listening.ts'
import type { Secrets } from './config/secrets.ts'
import { allKinds } from './jobs/all-kinds.ts'
import { JobRunner } from './jobs/job-runner.ts'
import type { Log } from './observability/log.ts'
import { createLog } from './observability/logger.ts'
import { type Listeners, openListeners } from './open-listeners.ts'
import { openStores, type Stores } from './open-stores.ts'
import type { HttpDoor } from './protocols/http/exchange.ts'
import { createRegistry } from './registry/create-registry.ts'

/** How long, in ms, one of several processes on a database may go on believing what it has read. */
const sharedCacheTtl = 1_000

/** A Berth that listens. */
export interface RunningServer extends AsyncDisposable {
  /** Scheme, host and real port of plain HTTP, such as `http://127.0.0.1:4566`. */
  readonly url: string
  readonly port: number
  /** The same of HTTPS, when it is configured. */
  readonly tlsUrl: string | undefined
  /** Host and port of registries without a domain, and the port of those with one. */
  readonly registryHost: string
  /** Stops taking connections, finishes what runs within `graceMs`, then cuts what is left, and closes the stores. */
  close(graceMs: number): Promise<void>
}

/** Opens what a server keeps everything in. */
type OpenStores = (config: Config, log: Log) => Promise<Stores>

/**
 * Builds everything from a configuration and starts listening. Without a `log` one is made that writes to standard error. On failure
 * nothing stays open.
 *
 * @param open opens the stores; those that the configuration names unless told
 */
export async function startServer(
  config: Config,
  secrets: Secrets,
  log?: Log,
  open: OpenStores = openStores,
): Promise<RunningServer> {
  await using starting = new AsyncDisposableStack()
  const server = await start(
    config,
    secrets,
    log ?? createLog(config.logLevel, process.stderr, now),
    starting,
    open,
  )
  const resources = starting.move()
  const close = async (graceMs: number): Promise<void> => {
    await Promise.all([server.listeners.close(graceMs), server.jobs.stop(graceMs)])
    await resources.disposeAsync()
  }
  return {
    url: server.listeners.plain.url,
    port: server.listeners.plain.port,
    tlsUrl: server.listeners.tls?.url,
    registryHost: server.registryHost,
    close,
    [Symbol.asyncDispose]: () => close(0),
  }
}

async function start(
  config: Config,
  secrets: Secrets,
  log: Log,
  resources: AsyncDisposableStack,
  open: OpenStores,
): Promise<{ readonly listeners: Listeners; readonly registryHost: string; readonly jobs: JobRunner }> {
  const { metadata, blobs } = resources.use(await open(config, log))
  const registry = resources.use(
    createRegistry({
      metadata,
      blobs,
      garbage: { grace: config.garbageGrace, uploadExpiry: config.uploadExpiry },
      now,
      newId: randomUUID,
      onError: (err) => log.error({ err }, 'Work in the background failed'),
      cacheTtl: config.database === 'sqlite' ? Number.POSITIVE_INFINITY : sharedCacheTtl,
    }),
  )
  const jobs = resources.use(
    new JobRunner({ metadata, kinds: allKinds({ registry, log }), now, newId: randomUUID, log }),
  )
  // The door needs the port, which is known only once something listens; requests wait the moment between.
  const door = Promise.withResolvers<HttpDoor>()
  const waiting: HttpDoor = async (request) => (await door.promise)(request)
  const listeners = resources.use(await openListeners(config, { door: waiting, log, now }))
  const registryHost = config.registryHost ?? defaultRegistryHost(listeners)
  door.resolve(buildDoor({ config, secrets, registry, registryHost, now, log }))
  jobs.start()
  return { listeners, registryHost, jobs }
}

function defaultRegistryHost({ plain, tls }: Listeners): string {
  return tls ? `localhost${tlsPortSuffix(tls.port)}` : `localhost:${plain.port}`
}

function now(): Date {
  return new Date()
}
