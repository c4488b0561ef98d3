import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { vi } from 'vitest'
import { type Client, createClient, runProgram } from './client.ts'
import { type DockerBridge, layDockerBridge } from './docker-bridge.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Variables that bind any docker client to the daemon and to logins of its own. */
export interface DockerEnvironment extends Readonly<Record<string, string>> {
  readonly DOCKER_HOST: string
  readonly DOCKER_CONFIG: string
  /** `0`: Debian's docker.io comes without buildx. */
  readonly DOCKER_BUILDKIT: '0'
}

export interface Dockerd extends AsyncDisposable {
  readonly docker: Client
  /** containerd's own client, at the containerd below the engine. */
  readonly ctr: Client
  readonly env: DockerEnvironment
  /** Ends the daemon: asked to, it stops its containers, unless it keeps them by `--live-restore`. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Runs it again, on the same folders. */
  start(): Promise<void>
}

/**
 * A Docker Engine of the test's own: its data, socket and logins live in a temporary folder, it has no network
 * bridge and touches no firewall. Needs root. Disposing of it stops its containers and its containerd too.
 *
 * @param enter words before the daemon's own, such as those that have it run on another machine
 * @param network `bridge` gives it one of its own, so that ports of containers can be reached
 * @param flags further ones of the daemon
 */
export async function startDockerd(
  enter: readonly string[] = [],
  network: 'none' | 'bridge' = 'none',
  flags: readonly string[] = [],
): Promise<Dockerd> {
  await using starting = new AsyncDisposableStack()
  const { path } = starting.use(await temporaryFolder())
  const env = dockerEnvironment(path)
  await mkdir(env.DOCKER_CONFIG)
  const docker = createClient('docker', [], env)
  starting.defer(() => unmountLeftovers(path))
  const bridge = network === 'bridge' ? starting.use(await layDockerBridge()) : undefined
  const run = () => runDaemon(enter, path, { socket: env.DOCKER_HOST, bridge, flags })
  let daemon = run()
  starting.defer(() => stop(daemon))
  await isReady(docker, daemon)
  const containerd = join(path, 'exec', 'containerd', 'containerd.sock')
  const ctr = createClient('ctr', ['--address', containerd, '--namespace', 'test'], {})
  if (bridge) starting.defer(() => removeNetworks(docker))
  const running = starting.move()
  return {
    docker,
    ctr,
    env,
    end: (signal) => stop(daemon, signal),
    async start() {
      // Of one that was killed the daemon believes that it still runs, for as long as nobody has taken note of its end.
      await rm(join(path, 'exec/containerd/containerd.pid'), { force: true })
      daemon = run()
      await isReady(docker, daemon)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

function dockerEnvironment(folder: string): DockerEnvironment {
  const socket = `unix://${join(folder, 'docker.sock')}`
  return { DOCKER_HOST: socket, DOCKER_CONFIG: join(folder, 'config'), DOCKER_BUILDKIT: '0' }
}

interface Daemon {
  readonly process: ChildProcess
  /** All it said, once it has ended. */
  readonly log: Promise<string>
}

interface DaemonOptions {
  readonly socket: string
  readonly bridge: DockerBridge | undefined
  readonly flags: readonly string[]
}

function runDaemon(
  enter: readonly string[],
  folder: string,
  { socket, bridge, flags }: DaemonOptions,
): Daemon {
  const places = { 'data-root': 'data', 'exec-root': 'exec', pidfile: 'pid' }
  const args = Object.entries(places).flatMap(([flag, place]) => [`--${flag}`, join(folder, place)])
  const isolation = ['--iptables=false', '--ip6tables=false', ...(bridge?.flags ?? ['--bridge=none'])]
  const [program = '', ...words] = [...enter, 'dockerd', ...args, '--host', socket, ...isolation, ...flags]
  const process = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] })
  return { process, log: text(process.stderr) }
}

/** A daemon leaves the bridges of further networks behind when it ends. */
async function removeNetworks(docker: Client): Promise<void> {
  const ids = await docker.output(['ps', '--all', '--quiet'])
  if (ids !== '') await docker.output(['rm', '--force', ...ids.split('\n')])
  await docker.output(['network', 'prune', '--force'])
}

async function isReady(docker: Client, daemon: Daemon): Promise<void> {
  try {
    await vi.waitFor(() => docker.output(['version']), { timeout: 90_000, interval: 50 })
  } catch (cause) {
    await stop(daemon)
    throw new Error(`dockerd doesn't answer:\n${await daemon.log}`, { cause })
  }
}

async function stop({ process }: Daemon, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return
  const ended = once(process, 'exit')
  process.kill(signal)
  await ended
}

/**
 * The daemon leaves its default network namespace mounted, and inside a container its data folder too, which keeps the
 * folder from being removed.
 */
async function unmountLeftovers(folder: string): Promise<void> {
  for (const place of ['exec/netns/default', 'data']) await runProgram('umount', [join(folder, place)])
}
