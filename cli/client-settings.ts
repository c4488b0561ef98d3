import type { Config } from '../src/config/config.ts'
import { emulatorKey } from '../src/config/emulator-key.ts'
import { isLoopbackUrl } from '../src/config/host-names.ts'
import { type Place, plainPlace, tlsPlace } from '../src/config/listening.ts'
import { localUrl } from '../src/config/local-url.ts'
import { readSecrets, type Secrets } from '../src/config/secrets.ts'
import { readServerFile, type ServerFacts } from '../src/config/server-file.ts'
import { isDataFolderInUse } from '../src/stores/data-folder-lock.ts'
import { authorityCertificateFile } from '../src/tls/local-ca/authority-paths.ts'
import { CliError } from './cli-error.ts'

/** What an AWS client on this machine needs to know to talk to a Berth. */
export interface ClientSettings {
  readonly endpoint: string
  /** The CA to trust for it, PEM; undefined where nothing but the usual has to be. */
  readonly caFile: string | undefined
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Whether the Berth runs now. */
  readonly isRunning: boolean
}

/**
 * The settings for the Berth that runs on the configured data folder; when none runs, those it will have.
 *
 * @throws CliError when they can't be known
 */
export async function findClientSettings(config: Config): Promise<ClientSettings> {
  const server = isDataFolderInUse(config.dataDir) ? await readServerFile(config.dataDir) : undefined
  const { url, caFile } = server ?? futureEndpoint(config)
  return {
    endpoint: url,
    caFile,
    region: server?.region ?? config.region,
    ...(await findRootKey(config, server)),
    isRunning: server !== undefined,
  }
}

/** What main.ts will publish. */
function futureEndpoint(config: Config): Pick<ServerFacts, 'url' | 'caFile'> {
  const tls = config.tlsLocal ? tlsPlace(config) : undefined
  const tlsUrl = tls && urlOf('https', tls, config)
  if (tlsUrl !== undefined && isLoopbackUrl(tlsUrl)) {
    return { url: tlsUrl, caFile: authorityCertificateFile(config.dataDir) }
  }
  return { url: urlOf('http', plainPlace(config), config) }
}

function urlOf(scheme: string, { host, port }: Place, { dataDir }: Config): string {
  if (port !== 0) return localUrl(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`)
  throw new CliError(`No Berth runs on ${dataDir}, and port 0 is known only once it does`, 'Start it first.')
}

type RootKey = Pick<ClientSettings, 'accessKeyId' | 'secretAccessKey'>

async function findRootKey(config: Config, server: ServerFacts | undefined): Promise<RootKey> {
  const { rootAccessKey, rootSecretKey } = server?.usesEmulatorKey ? emulatorKey : await knownRootKey(config)
  if (server !== undefined && server.rootAccessKey !== rootAccessKey) throw differentKey(server)
  return { accessKeyId: rootAccessKey, secretAccessKey: rootSecretKey }
}

async function knownRootKey(config: Config): Promise<Pick<Secrets, 'rootAccessKey' | 'rootSecretKey'>> {
  const { rootAccessKey, rootSecretKey, dataDir } = config
  if (rootAccessKey !== undefined && rootSecretKey !== undefined) return { rootAccessKey, rootSecretKey }
  const stored = await readSecrets(dataDir)
  if (stored !== undefined) return stored
  throw new CliError(
    `Berth has never run on the data folder ${dataDir}`,
    'Start it with `npm start` (or `berth serve`), or name its folder with --data-dir.',
  )
}

function differentKey({ rootAccessKey }: ServerFacts): CliError {
  return new CliError(
    `The Berth that runs here was given the root access key ${rootAccessKey}, whose secret is not kept`,
    `Give the same: berth env --root-access-key ${rootAccessKey} --root-secret-key <its secret>.`,
  )
}
