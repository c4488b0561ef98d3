import { TrailRecorder } from './access/trail/trail-recorder.ts'
import { auditedTasks } from './audited-tasks.ts'
import { buildDoors } from './build-door.ts'
import { Clock } from './clock.ts'
import type { Config } from './config/config.ts'
import { tlsPortSuffix } from './config/listening.ts'
import type { Secrets } from './config/secrets.ts'
import { isTaskAddress } from './containers/task-network.ts'
import type { JobRunner } from './jobs/job-runner.ts'
import { LateDoors } from './late-doors.ts'
import { type LineOutput, lineOutput } from './observability/line-output.ts'
import type { Log } from './observability/log.ts'
import type { LogOutput } from './observability/log-output.ts'
import { createLog } from './observability/logger.ts'
import type { Readiness } from './observability/readiness.ts'
import { measureServer, observeServer } from './observe-server.ts'
import { openAccess } from './open-access.ts'
import { openExec } from './open-exec.ts'
import { openJobs } from './open-jobs.ts'
import { type Listeners, openListeners } from './open-listeners.ts'
import { openMessaging } from './open-messaging.ts'
import { openOutbound } from './open-outbound.ts'
import { openPeers } from './open-peers.ts'
import { openRegistry } from './open-registry.ts'
import { openStores, type Stores } from './open-stores.ts'
import { forTasks } from './protocols/for-tasks.ts'
import { listen } from './protocols/http/listen.ts'
import type { FindDigests } from './registry/ecs/digests-of-tags.ts'
import type { TestClock } from './services/berth/berth-context.ts'
import { localSigner } from './signer/local-signer.ts'
import type { JobName } from './stores/metadata/jobs.ts'
import { TaskRuntime } from './task-runtime.ts'
import { tasksForRules } from './tasks-for-rules.ts'

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

interface StartedServer {
  readonly listeners: Listeners
  readonly registryHost: string
  readonly jobs: JobRunner
  readonly readiness: Readiness
}

/** Opens each part with those it stands on, lowest first; `resources` closes them the other way round. */
async function start(
  config: Config,
  secrets: Secrets,
  { log, lines, open }: Required<Surroundings>,
  resources: AsyncDisposableStack,
): Promise<StartedServer> {
  const clock = new Clock()
  const onError = (err: unknown) => log.error({ err }, 'Work in the background failed')
  const background = { now: clock.now, onError, cacheTtl: cacheTtlOf(config) }
  const doors = new LateDoors()
  const host = Promise.withResolvers<string>()

  const { metadata, blobs } = resources.use(await open(config, log))
  const trail = resources.use(new TrailRecorder({ metadata, pace: trailPace, onError }))
  const outbound = resources.use(openOutbound(config))
  const findPeer = await openPeers(config, outbound)
  const registry = resources.use(openRegistry(config, { metadata, blobs, outbound, ...background }))
  const access = resources.use(openAccess(registry, background))
  const { authoriser } = access

  const openTasks = () => tasks.get()
  const machine = {
    findInstance: async () => (await openTasks()).findInstance(),
    findDigests: (async (...asked) => (await openTasks()).findDigests(...asked)) satisfies FindDigests,
    hasLooked: () => tasks.firstLook.isOver,
  }
  const startTasks = auditedTasks(tasksForRules(registry, authoriser, machine), {
    trail,
    now: clock.now,
  })
  const messaging = resources.use(await openMessaging(config, secrets, registry, startTasks, authoriser))
  const signer = localSigner(messaging.vault)
  const door = forTasks(doors.withoutPages, isTaskAddress)
  const listenForTasks = (address: { readonly host: string; readonly port: number }) =>
    listen({ ...address, door, log })
  const runSoon = (job: JobName) => jobs.runSoon(job)
  const common = { config, secrets, registry, authoriser }
  const tasks = resources.use(
    new TaskRuntime({
      ...common,
      registryHost: host.promise,
      runSoon,
      listen: listenForTasks,
      log,
      onError,
    }),
  )
  const work = { ...common, messaging, findPeer, signer, openTaskWork: openTasks }
  const jobs = resources.use(openJobs({ ...work, now: clock.now, log }))

  const observed = { config, metadata, log, lines, trail, now, clock }
  const { metrics, readiness, observe } = observeServer(observed)
  const { execTokens, upgrades } = openExec({ ...background, sealKey: secrets.sealKey, openTasks })
  const listeners = resources.use(
    await openListeners(config, { door: doors.everything, log, observe, now, upgrades }),
  )
  const registryHost = config.registryHost ?? defaultRegistryHost(listeners)
  host.resolve(registryHost)

  // What runs is taken up at once, not when a task is looked at the next time.
  if (await metadata.tasks.anyUnfinished()) tasks.takeUp()
  doors.open(
    buildDoors({
      ...common,
      ...access,
      messaging,
      signer,
      ...machine,
      firstLook: () => tasks.firstLook.wait(),
      execTokens,
      registryHost,
      jobKinds: jobs.kinds,
      containerStats: async (id) => (await openTasks()).engine.stats(id),
      metrics,
      readiness,
      now,
      log,
      clock: testClock(clock, jobs),
    }),
  )
  resources.use(measureServer(metrics, observed, listeners, registry.memory))
  jobs.start()
  return { listeners, registryHost, jobs, readiness }
}

/** A process alone on its database sees every change that it might have to forget something for. */
function cacheTtlOf({ database }: Config): number {
  return database === 'sqlite' ? Number.POSITIVE_INFINITY : sharedCacheTtl
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
