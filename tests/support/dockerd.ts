import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { vi } from 'vitest'
import { type Client, createClient, runProgram } from './client.ts'
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
  readonly env: DockerEnvironment
}

/**
 * A Docker Engine of the test's own: its data, socket and logins live in a temporary folder, it has no network
 * bridge and touches no firewall. Needs root. Disposing of it stops its containers and its containerd too.
 */
export async function startDockerd(): Promise<Dockerd> {
  await using starting = new AsyncDisposableStack()
  const folder = starting.use(await temporaryFolder())
  const execRoot = join(folder.path, 'exec')
  const socket = `unix://${join(folder.path, 'docker.sock')}`
  starting.defer(() => unmountNamespaces(execRoot))
  const daemon = spawn('dockerd', daemonArguments(folder.path, execRoot, socket), { stdio: 'ignore' })
  starting.defer(() => stop(daemon))
  const env = {
    DOCKER_HOST: socket,
    DOCKER_CONFIG: join(folder.path, 'config'),
    DOCKER_BUILDKIT: '0',
  } as const
  await mkdir(env.DOCKER_CONFIG)
  const docker = createClient('docker', [], env)
  await vi.waitFor(() => docker.output(['version']), { timeout: 30_000, interval: 50 })
  const running = starting.move()
  return { docker, env, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

function daemonArguments(folder: string, execRoot: string, socket: string): string[] {
  const places = [
    '--data-root',
    join(folder, 'data'),
    '--exec-root',
    execRoot,
    '--pidfile',
    join(folder, 'pid'),
  ]
  return [...places, '--host', socket, '--bridge=none', '--iptables=false', '--ip6tables=false']
}

async function stop(daemon: ReturnType<typeof spawn>): Promise<void> {
  if (daemon.exitCode !== null || daemon.signalCode !== null) return
  const ended = once(daemon, 'exit')
  daemon.kill('SIGTERM')
  await ended
}

/** The daemon leaves its default network namespace mounted, which keeps the folder from being removed. */
async function unmountNamespaces(execRoot: string): Promise<void> {
  await runProgram('umount', [join(execRoot, 'netns', 'default')])
}
