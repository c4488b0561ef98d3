import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { vi } from 'vitest'
import { type Client, createClient, runProgram } from './client.ts'
import type { DockerEnvironment } from './dockerd.ts'
import { freePort } from './free-port.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Podman behind Docker's API. */
export interface PodmanService extends AsyncDisposable {
  /** Docker's own client, at Podman. */
  readonly docker: Client
  /** Variables that bind any docker client to it; it listens without TLS. */
  readonly env: Pick<DockerEnvironment, 'DOCKER_HOST'>
}

/** Podman's defaults for limits are beyond those that a container of CI has itself; a registry on localhost has no TLS here. */
const settings = {
  'containers.conf': [
    '[containers]',
    'default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]',
    '[engine]',
    'cgroup_manager = "cgroupfs"',
    'events_logger = "file"',
  ],
  'registries.conf': ['[[registry]]', 'location = "localhost"', 'insecure = true'],
}

/** Podman's service of the test's own. Its containers need a network mode that has no bridge. Needs root. */
export async function startPodmanService(): Promise<PodmanService> {
  await using starting = new AsyncDisposableStack()
  const { path } = starting.use(await temporaryFolder())
  for (const [name, lines] of Object.entries(settings))
    await writeFile(join(path, name), `${lines.join('\n')}\n`)
  const address = `tcp://127.0.0.1:${await freePort()}`
  const env = { DOCKER_HOST: address }
  const docker = createClient('docker', [], {
    ...env,
    DOCKER_CONFIG: join(path, 'config'),
    DOCKER_BUILDKIT: '0',
  })
  await mkdir(join(path, 'config'))
  starting.defer(async () => void (await runProgram('umount', [join(path, 'data/overlay')])))
  starting.defer(() => endMonitors(path))
  const service = starting.adopt(runService(path, address), stop)
  await vi.waitFor(() => isReady(docker, service), { timeout: 90_000, interval: 50 })
  starting.defer(() => removeContainers(docker))
  const running = starting.move()
  return { docker, env, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

interface Service {
  readonly process: ChildProcess
  /** All it said, once it has ended. */
  readonly log: Promise<string>
}

function runService(folder: string, address: string): Service {
  const places = { root: 'data', runroot: 'run', tmpdir: 'tmp' }
  const args = Object.entries(places).flatMap(([flag, place]) => [`--${flag}`, join(folder, place)])
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    CONTAINERS_CONF: join(folder, 'containers.conf'),
    CONTAINERS_REGISTRIES_CONF: join(folder, 'registries.conf'),
  }
  const service = spawn('podman', [...args, 'system', 'service', '--time', '0', address], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return { process: service, log: text(service.stderr) }
}

async function isReady(docker: Client, { process: service, log }: Service): Promise<void> {
  if (service.exitCode !== null) throw new Error(`podman has ended:\n${await log}`)
  await docker.output(['version'])
}

async function removeContainers(docker: Client): Promise<void> {
  const ids = await docker.output(['ps', '--all', '--quiet'])
  if (ids !== '') await docker.output(['rm', '--force', ...ids.split('\n')])
}

async function stop({ process: service }: Service): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return
  const ended = once(service, 'exit')
  service.kill('SIGTERM')
  await ended
}

/** What watched over a command in a container stays for five minutes, and would lay the folder again. */
async function endMonitors(folder: string): Promise<void> {
  for (const id of (await readdir('/proc')).map(Number).filter(Number.isInteger)) {
    const words = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')
    if (words.includes('conmon') && words.includes(folder)) end(id)
  }
}

function end(id: number): void {
  try {
    process.kill(id, 'SIGKILL')
  } catch {
    // it has ended
  }
}
