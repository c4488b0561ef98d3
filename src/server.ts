import { randomUUID } from 'node:crypto'
import { replicationRights } from './access/replication-rights.ts'
import { TrailRecorder } from './access/trail/trail-recorder.ts'
import { type BuiltDoors, buildDoors } from './build-door.ts'
import { Clock } from './clock.ts'
import type { Config } from './config/config.ts'
import { readEnvironment, scannerEnvironment } from './config/env.ts'
import { tlsPortSuffix } from './config/listening.ts'
import type { Secrets } from './config/secrets.ts'
import { isTaskAddress } from './containers/task-network.ts'
import { allKinds } from './jobs/all-kinds.ts'
import { JobRunner } from './jobs/job-runner.ts'
import type { StartTasks } from './messaging/start-tasks.ts'
import { type LineOutput, lineOutput } from './observability/line-output.ts'
import type { Log } from './observability/log.ts'
import type { LogOutput } from './observability/log-output.ts'
import { createLog } from './observability/logger.ts'
import type { Readiness } from './observability/readiness.ts'
import { measureServer, observeServer } from './observe-server.ts'
import { openAccess } from './open-access.ts'
import { openExec } from './open-exec.ts'
import { type Listeners, openListeners } from './open-listeners.ts'
import { openMessaging } from './open-messaging.ts'
import { openOutbound } from './open-outbound.ts'
import { openPeers } from './open-peers.ts'
import { openRegistry } from './open-registry.ts'
import { openStores, type Stores } from './open-stores.ts'
import { forTasks } from './protocols/for-tasks.ts'
import { listen } from './protocols/http/listen.ts'
import type { TestClock } from './services/berth/berth-context.ts'
import { localSigner } from './signer/local-signer.ts'
import { TaskRuntime } from './task-runtime.ts'

/** How long, in ms, one of several processes on a database may go on believing what it has read. */
const sharedCacheTtl = 1_000
const trailPace = { soon: 1_000, late: 60_000 }

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
  /** From now on /readyz says no, so that load balancers look elsewhere; requests are answered until `close`. */
  announceStop(): void
}

/** What a server is given from outside, where that isn't the process's own. */
export interface Surroundings {
  readonly log?: Log
  /** Where access and audit lines go. */
  readonly lines?: LogOutput
  /** Opens what the server keeps everything in; the stores that the configuration names unless told. */
  readonly open?: (config: Config, log: Log) => Promise<Stores>
}

/**
 * Builds everything from a configuration and starts listening. The log goes to standard error, access and
 * audit lines to standard output, unless told otherwise. On failure
 * nothing stays open.
 */
export async function startServer(
  config: Config,
  secrets: Secrets,
  surroundings: Surroundings = {},
): Promise<RunningServer> {
  await using starting = new AsyncDisposableStack()
  const log = surroundings.log ?? createLog(config.logLevel, process.stderr, now)
  const lines = surroundings.lines ?? starting.use(standardOutput(log))
  const open = surroundings.open ?? openStores
  const server = await start(config, secrets, { log, lines, open }, starting)
  const resources = starting.move()
  const close = async (graceMs: number): Promise<void> => {
    server.readiness.stopping()
    await Promise.all([server.listeners.close(graceMs), server.jobs.stop(graceMs)])
    await resources.disposeAsync()
  }
  return {
    url: server.listeners.plain.url,
    port: server.listeners.plain.port,
    tlsUrl: server.listeners.tls?.url,
    registryHost: server.registryHost,
    close,
    announceStop: () => server.readiness.stopping(),
    [Symbol.asyncDispose]: () => close(0),
  }
}

async function start(
  config: Config,
  secrets: Secrets,
  { log, lines, open }: Required<Surroundings>,
  resources: AsyncDisposableStack,
): Promise<{
  readonly listeners: Listeners
  readonly registryHost: string
  readonly jobs: JobRunner
  readonly readiness: Readiness
}> {
  const { metadata, blobs } = resources.use(await open(config, log))
  const onError = (err: unknown) => log.error({ err }, 'Work in the background failed')
  const clock = new Clock()
  const cacheTtl = config.database === 'sqlite' ? Number.POSITIVE_INFINITY : sharedCacheTtl
  const outbound = resources.use(openOutbound(config))
  const findPeer = await openPeers(config, outbound)
  const registry = resources.use(
    openRegistry(config, { metadata, blobs, outbound, now: clock.now, onError, cacheTtl }),
  )
  const access = resources.use(openAccess(registry, { now: clock.now, onError, cacheTtl }))
  const { authoriser } = access
  const findInstance = async () => (await tasks.get()).findInstance()
  const startTasks: StartTasks = async (request) => {
    const { runTasksForRules } = await import('./services/ecs/run-tasks-for-rules.ts')
    return runTasksForRules({ registry, findInstance }, authoriser)(request)
  }
  const messaging = resources.use(await openMessaging(config, secrets, registry, startTasks, authoriser))
  const mayReplicate = replicationRights(authoriser)
  const signer = localSigner(messaging.vault)
  const host = Promise.withResolvers<string>()
  const tasks = resources.use(
    new TaskRuntime({
      config,
      secrets,
      registry,
      authoriser,
      registryHost: host.promise,
      runSoon: (job) => jobs.runSoon(job),
      listen: (address) =>
        listen({
          ...address,
          door: forTasks((request) => current.withoutPages(request), isTaskAddress),
          log,
        }),
      onError,
    }),
  )
  const { auditRetention } = config
  const scannerEnv = scannerEnvironment(readEnvironment())
  const kinds = allKinds({
    registry,
    messaging,
    log,
    mayReplicate,
    findPeer,
    signer,
    openTaskWork: () => tasks.get(),
    auditRetention,
    scannerEnv,
  })
  const isAlone = config.database === 'sqlite'
  const jobs = resources.use(
    new JobRunner({ metadata, kinds, now: clock.now, newId: randomUUID, log, isAlone }),
  )
  const trail = resources.use(new TrailRecorder({ metadata, pace: trailPace, onError }))
  const observed = { config, metadata, log, lines, trail, now, clock }
  const { metrics, readiness, observe } = observeServer(observed)
  const { execTokens, upgrades } = openExec({
    sealKey: secrets.sealKey,
    openTasks: () => tasks.get(),
    now: clock.now,
    onError,
  })
  // The door needs the port, which is known only once something listens; requests wait the moment between.
  const doors = Promise.withResolvers<BuiltDoors>()
  let current: BuiltDoors = {
    everything: async (request) => (await doors.promise).everything(request),
    withoutPages: async (request) => (await doors.promise).withoutPages(request),
  }
  const listeners = resources.use(
    await openListeners(config, {
      door: (request) => current.everything(request),
      log,
      observe,
      now,
      upgrades,
    }),
  )
  const registryHost = config.registryHost ?? defaultRegistryHost(listeners)
  host.resolve(registryHost)
  const jobKinds = kinds.map(({ name }) => name)
  const parts = {
    config,
    secrets,
    registry,
    ...access,
    messaging,
    signer,
    findInstance,
    execTokens,
    registryHost,
    jobKinds,
    containerStats: async (id: string) => (await tasks.get()).engine.stats(id),
    metrics,
    readiness,
    now,
    log,
  }
  current = buildDoors({ ...parts, clock: testClock(clock, jobs) })
  doors.resolve(current)
  resources.use(measureServer(metrics, observed, listeners, registry.memory))
  jobs.start()
  // What runs is taken up at once, not when a task is looked at the next time.
  if (await metadata.tasks.anyUnfinished()) tasks.get().catch(onError)
  return { listeners, registryHost, jobs, readiness }
}

function defaultRegistryHost({ plain, tls }: Listeners): string {
  return tls ? `localhost${tlsPortSuffix(tls.port)}` : `localhost:${plain.port}`
}

function testClock(clock: Clock, jobs: JobRunner): TestClock {
  const advance = (milliseconds: number) => jobs.moveTime(() => clock.advance(milliseconds))
  return { now: clock.now, ahead: () => clock.ahead, advance }
}

function standardOutput(log: Log): LineOutput {
  const onLost = () =>
    log.error({}, 'Lines of the access or audit log were lost: nobody takes them from standard output')
  return lineOutput(1, { isTTY: process.stdout.isTTY === true, onLost })
}

function now(): Date {
  return new Date()
}
