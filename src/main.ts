import { mkdir } from 'node:fs/promises'
import type { Config } from './config/config.ts'
import { isEmulatorKey } from './config/emulator-key.ts'
import { readEnvironment } from './config/env.ts'
import { type Flags, loadConfig } from './config/load-config.ts'
import { localUrl } from './config/local-url.ts'
import { type LoadedSecrets, loadSecrets, type Secrets, secretsFile } from './config/secrets.ts'
import { removeServerFile, writeServerFile } from './config/server-file.ts'
import { createLog } from './observability/logger.ts'
import { type RunningServer, startServer } from './server.ts'
import { stopSignal } from './stop-signal.ts'
import { lockDataFolder } from './stores/data-folder-lock.ts'

/** Milliseconds that running requests may take to finish once Berth is told to stop; `docker stop` kills after ten seconds. */
const graceMs = 8_000

const exposureWarning =
  'Others could read the secrets until now; move the file away to have new ones made at the next start'

/** A Berth that has just begun to answer. */
export interface Started {
  readonly config: Config
  /** Where clients on this machine reach it. */
  readonly url: string
  readonly port: number
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
  const server = await startServer(config, loaded.secrets, log)
  try {
    const stopped = stopSignal({ process, now: () => performance.now(), stopAtOnce: () => process.exit(1) })
    const started = describe(config, loaded, server)
    await publish(started)
    options.announce(started)
    await stopped
  } finally {
    await removeServerFile(config.dataDir)
    await server.close(graceMs)
  }
}

function describe(config: Config, { secrets, created }: LoadedSecrets, server: RunningServer): Started {
  return { config, url: localUrl(server.url), port: server.port, secrets, isFirstStart: created }
}

function publish({ config, url, secrets }: Started): Promise<void> {
  return writeServerFile(config.dataDir, {
    url,
    accountId: config.accountId,
    region: config.region,
    rootAccessKey: secrets.rootAccessKey,
    usesEmulatorKey: isEmulatorKey(secrets),
  })
}
