import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { vi } from 'vitest'
import { freePort } from './free-port.ts'
import type { RegistryAccess } from './registry-client.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Docker's own registry, as Debian packages it, without a password. */
export interface DockerRegistry extends RegistryAccess, AsyncDisposable {
  /** Host and port. */
  readonly host: string
}

/** Starts `docker-registry` on a free port with an empty folder, which goes with it. */
export async function startDockerRegistry(): Promise<DockerRegistry> {
  await using starting = new AsyncDisposableStack()
  const { path } = starting.use(await temporaryFolder())
  const host = `127.0.0.1:${await freePort()}`
  const file = join(path, 'config.yml')
  await writeFile(file, configuration(join(path, 'data'), host))
  const process = spawn('docker-registry', ['serve', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  const log = text(process.stderr)
  starting.adopt(process, stop)
  const url = `http://${host}`
  await vi.waitFor(() => requireAnswer(process, url, log), { timeout: 90_000, interval: 50 })
  const running = starting.move()
  return { host, url, authorization: 'none', [Symbol.asyncDispose]: () => running.disposeAsync() }
}

function configuration(folder: string, host: string): string {
  return [
    'version: 0.1',
    'log: { level: error, accesslog: { disabled: true } }',
    `storage: { filesystem: { rootdirectory: ${folder} }, delete: { enabled: true } }`,
    `http: { addr: '${host}' }`,
  ].join('\n')
}

async function requireAnswer(process: ChildProcess, url: string, log: Promise<string>): Promise<void> {
  if (process.exitCode !== null) throw new Error(`docker-registry has ended:\n${await log}`)
  const answer = await fetch(`${url}/v2/`)
  await answer.arrayBuffer()
}

async function stop(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return
  const ended = once(process, 'exit')
  process.kill('SIGTERM')
  await ended
}
