import { randomUUID } from 'node:crypto'
import { StoredIdentities } from './access/iam/stored-identities.ts'
import { KeyUses } from './access/key-uses.ts'
import { replicationRights } from './access/replication-rights.ts'
import { RobotUses } from './access/robots/robot-uses.ts'
import { TrailRecorder } from './access/trail/trail-recorder.ts'
import { buildDoor } from './build-door.ts'
import { Clock } from './clock.ts'
import type { Config } from './config/config.ts'
import { readEnvironment, scannerEnvironment } from './config/env.ts'
import { tlsPortSuffix } from './config/listening.ts'
import type { Secrets } from './config/secrets.ts'
import { parseTaskFolders, parseTaskRights } from './config/task-rules.ts'
import type { TaskWork } from './containers/task-work.ts'
import { type TaskKey, taskJob } from './core/ecs/task.ts'
import type { TaskRules } from './core/ecs/task-rules.ts'
import { allKinds } from './jobs/all-kinds.ts'
import { JobRunner } from './jobs/job-runner.ts'
import type { StartTasks } from './messaging/start-tasks.ts'
import { type LineOutput, lineOutput } from './observability/line-output.ts'
import type { Log } from './observability/log.ts'
import type { LogOutput } from './observability/log-output.ts'
import { createLog } from './observability/logger.ts'
import type { Readiness } from './observability/readiness.ts'
import { measureServer, observeServer } from './observe-server.ts'
import { openAuthoriser } from './open-authoriser.ts'
import { type Listeners, openListeners } from './open-listeners.ts'
import { openMessaging } from './open-messaging.ts'
import { openOutbound } from './open-outbound.ts'
import { openPeers } from './open-peers.ts'
import { openStores, type Stores } from './open-stores.ts'
import { OpenedOnce } from './opened-once.ts'
import type { HttpDoor } from './protocols/http/exchange.ts'
import { listen } from './protocols/http/listen.ts'
import { createRegistry } from './registry/create-registry.ts'
import type { Registry } from './registry/registry.ts'
import type { TestClock } from './services/berth/berth-context.ts'
import { localSigner } from './signer/local-signer.ts'
import { upstreamSettings } from './upstream-settings.ts'

const mebibyte = 1024 * 1024

/** How long, in ms, one of several processes on a database may go on believing what it has read. */
const sharedCacheTtl = 1_000
/** Milliseconds that the times when robots were last used wait to be written. */
const robotUsesFlushedEvery = 5_000
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
    createRegistry({
      metadata,
      blobs,
      quotas: {
        layerSize: config.maxLayerSize * mebibyte,
        layerParts: config.maxLayerParts,
        openUploads: config.maxUploads,
        repositoriesPerRegistry: config.maxRepositories,
        imagesPerRepository: config.maxImagesPerRepository,
        tagsPerImage: config.maxTagsPerImage,
        pullTimeExclusions: config.maxPullTimeExclusions,
      },
      memory: config.requestMemory * mebibyte,
      outbound,
      upstreams: upstreamSettings(config),
      garbage: { grace: config.garbageGrace, uploadExpiry: config.uploadExpiry },
      scans: {
        advisoryMirror: new URL(config.advisoryMirror),
        scanner: config.scanner,
        cooldown: config.scanCooldown,
      },
      taskRules: taskRules(config),
      extraEvents: config.extraEvents,
      now: clock.now,
      newId: randomUUID,
      onError,
      cacheTtl,
    }),
  )
  const identities = new StoredIdentities(metadata, { ttl: cacheTtl, now: clock.now })
  const robotUses = resources.use(new RobotUses({ metadata, flushEvery: robotUsesFlushedEvery, onError }))
  const keyUses = resources.use(new KeyUses(metadata, onError))
  const authoriser = openAuthoriser(registry, identities)
  const startTasks: StartTasks = async (request) => {
    const { runTasksForRules } = await import('./services/ecs/run-tasks-for-rules.ts')
    return runTasksForRules({ registry }, authoriser)(request)
  }
  const messaging = resources.use(await openMessaging(config, secrets, registry, startTasks, authoriser))
  const mayReplicate = replicationRights(authoriser)
  const signer = localSigner(messaging.vault)
  const host = Promise.withResolvers<string>()
  const ring: TaskWork['ring'] = (key, inMs = 0) => void ringTask(jobs, registry, key, inMs).catch(onError)
  const taskListeners = resources.use(new AsyncDisposableStack())
  const forTasks = async (host: string, port: number) => {
    const listener = await listen({ host, port, door: (request) => current(request), log })
    taskListeners.defer(() => listener.close(0))
  }
  const tasks = resources.use(
    new OpenedOnce(async () => {
      const { openTasks } = await import('./open-tasks.ts')
      const registryHost = await host.promise
      return openTasks({
        config,
        secrets,
        registry,
        authoriser,
        registryHost,
        ring,
        listen: forTasks,
        onError,
      })
    }),
  )
  const openTaskWork = () => tasks.get()
  const { auditRetention } = config
  const scannerEnv = scannerEnvironment(readEnvironment())
  const kinds = allKinds({
    registry,
    messaging,
    log,
    mayReplicate,
    findPeer,
    signer,
    openTaskWork,
    auditRetention,
    scannerEnv,
  })
  const isAlone = config.database === 'sqlite'
  const jobs = resources.use(
    new JobRunner({ metadata, kinds, now: clock.now, newId: randomUUID, log, isAlone }),
  )
  const trail = resources.use(new TrailRecorder({ metadata, pace: trailPace, onError }))
  const observed = { config, metadata, log, lines, trail, now }
  const { metrics, readiness, observe } = observeServer(observed)
  // The door needs the port, which is known only once something listens; requests wait the moment between.
  const door = Promise.withResolvers<HttpDoor>()
  let current: HttpDoor = async (request) => (await door.promise)(request)
  const listeners = resources.use(
    await openListeners(config, { door: (request) => current(request), log, observe, now }),
  )
  const registryHost = config.registryHost ?? defaultRegistryHost(listeners)
  host.resolve(registryHost)
  const jobKinds = kinds.map(({ name }) => name)
  const parts = {
    config,
    secrets,
    registry,
    authoriser,
    identities,
    robotUses,
    keyUses,
    messaging,
    signer,
    findInstance: async () => (await openTaskWork()).findInstance(),
    registryHost,
    jobKinds,
    containerStats: async (id: string) => (await tasks.get()).engine.stats(id),
    metrics,
    readiness,
    now,
    log,
  }
  current = buildDoor({ ...parts, clock: testClock(clock, jobs) })
  door.resolve(current)
  resources.use(measureServer(metrics, observed, listeners, registry.memory))
  jobs.start()
  // What runs is taken up at once, not when a task is looked at the next time.
  if (await metadata.tasks.anyUnfinished()) tasks.get().catch(onError)
  return { listeners, registryHost, jobs, readiness }
}

async function ringTask(jobs: JobRunner, registry: Registry, key: TaskKey, inMs: number): Promise<void> {
  if (inMs === 0) return jobs.runSoon(taskJob(key))
  const at = new Date(registry.now().getTime() + inMs)
  await registry.metadata.write((tx) => tx.jobs.add(taskJob(key), at))
}

/** What a configuration lets tasks do. */
function taskRules({ tasksMay, taskFolders, taskEndpoint }: Config): TaskRules {
  return {
    rights: parseTaskRights(tasksMay) ?? new Set(),
    folders: parseTaskFolders(taskFolders) ?? new Set(),
    hasEndpoint: taskEndpoint !== 'off',
  }
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
