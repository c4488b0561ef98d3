import { mkdir, readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from './config/config.ts'
import { isEmulatorKey } from './config/emulator-key.ts'
import { readEnvironment } from './config/env.ts'
import { isLoopbackUrl } from './config/host-names.ts'
import { type Flags, loadConfig } from './config/load-config.ts'
import { localUrl } from './config/local-url.ts'
import { type LoadedSecrets, loadSecrets, type Secrets, secretsFile } from './config/secrets.ts'
import { removeServerFile, type ServerFacts, writeServerFile } from './config/server-file.ts'
import type { Log } from './observability/log.ts'
import { createLog } from './observability/logger.ts'
import { openFileLimit } from './observability/open-file-limit.ts'
import { type RunningServer, startServer } from './server.ts'
import { stopSignal } from './stop-signal.ts'
import { lockDataFolder } from './stores/data-folder-lock.ts'
import { authorityCertificateFile } from './tls/local-ca/authority-paths.ts'

/** Milliseconds that running requests may take to finish once Berth is told to stop; `docker stop` kills after ten seconds. */
const graceMs = 8_000

const exposureWarning =
  'Others could read the secrets until now; move the file away to have new ones made at the next start'

/** A Berth that has just begun to answer. */
export interface Started {
  readonly config: Config
  /** Where clients on this machine reach it, by plain HTTP. */
  readonly url: string
  /** The same by HTTPS, when there is any. */
  readonly tlsUrl: string | undefined
  /** Host and port of registries without a domain, and the port of those with one. */
  readonly registryHost: string
  readonly secrets: Secrets
  readonly isFirstStart: boolean
}

/** Runs Berth with the environment's settings and these flags until the process is told to stop. */
export async function main(options: {
  readonly flags: Flags
  /** Called once, when Berth answers. */
  readonly announce: (started: Started) => void
}): Promise<void> {
  const config = loadConfig({ flags: options.flags, env: readEnvironment(), cwd: process.cwd() })
  process.umask(0o077)
  await mkdir(config.dataDir, { recursive: true })
  using _lock = lockDataFolder(config.dataDir)
  await removeServerFile(config.dataDir)
  const log = createLog(config.logLevel, process.stderr, () => new Date())
  const loaded = await loadSecrets(config)
  if (loaded.wasExposed) log.warn({ file: secretsFile(config.dataDir) }, exposureWarning)
  await warnOfFewFiles(config, log)
  const server = await startServer(config, loaded.secrets, { log })
  try {
    const stopped = stopSignal({ process, now: () => performance.now(), stopAtOnce: () => process.exit(1) })
    const started = describe(config, loaded, server)
    await publish(started)
    options.announce(started)
    await stopped
    server.announceStop()
    await pause(config.stopDelay * 1000)
  } finally {
    await removeServerFile(config.dataDir)
    await server.close(graceMs)
  }
}

/** A connection is an open file, and so is what it reads or writes. Elsewhere than on Linux nobody tells the limit. */
async function warnOfFewFiles({ maxConnections }: Config, log: Log): Promise<void> {
  const limit = openFileLimit(await readFile('/proc/self/limits', 'utf8').catch(() => ''))
  const needed = 2 * maxConnections
  if (limit === undefined || limit >= needed) return
  const warning =
    'Berth may run out of open files: raise their limit (ulimit -n, LimitNOFILE), or lower --max-connections'
  log.warn({ limit, needed, maxConnections }, warning)
}

function describe(config: Config, { secrets, created }: LoadedSecrets, server: RunningServer): Started {
  const { url, tlsUrl, registryHost } = server
  const urls = { url: localUrl(url), tlsUrl: tlsUrl === undefined ? undefined : localUrl(tlsUrl) }
  return { config, ...urls, registryHost, secrets, isFirstStart: created }
}

function publish(started: Started): Promise<void> {
  const { config, secrets } = started
  return writeServerFile(config.dataDir, {
    ...endpointOf(started),
    accountId: config.accountId,
    region: config.region,
    rootAccessKey: secrets.rootAccessKey,
    usesEmulatorKey: isEmulatorKey(secrets),
  })
}

/** With the local CA there is a certificate for where clients on this machine reach it; what files hold, only their owner knows. */
function endpointOf({ config, url, tlsUrl }: Started): Pick<ServerFacts, 'url' | 'caFile'> {
  if (!config.tlsLocal || tlsUrl === undefined || !isLoopbackUrl(tlsUrl)) return { url }
  return { url: tlsUrl, caFile: authorityCertificateFile(config.dataDir) }
}
