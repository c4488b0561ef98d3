import { type Environment, readEnvironment } from '../src/config/env.ts'
import { type Flags, loadConfig } from '../src/config/load-config.ts'
import { CliError } from './cli-error.ts'
import { findClientSettings } from './client-settings.ts'

/** Where a command finds its Berth, and who it is there. */
export interface Connection {
  /** Scheme, host and port. */
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
  /** CAs to believe besides the usual, PEM. */
  readonly caFile?: string | undefined
  /** The data folder of the Berth that runs on this machine, where it was found by that. */
  readonly dataDir?: string | undefined
  /** For error texts: where address and key were found. */
  readonly source: string
}

/**
 * The Berth that a command is about: the one of a data folder that is named as a flag; otherwise the one that the `AWS_*` variables
 * of `berth env` name, which may be on another machine; otherwise the one that runs on the configured data folder.
 *
 * @throws CliError when there is none, or its key can't be known
 * @throws ConfigError for settings that make no sense
 */
export async function findConnection(
  flags: Flags,
  env: Environment = readEnvironment(),
): Promise<Connection> {
  const named = flags.dataDir === undefined ? connectionInVariables(env) : undefined
  return named ?? connectionOfDataFolder(flags, env)
}

function connectionInVariables(env: Environment): Connection | undefined {
  const { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: accessKeyId } = env
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY
  if (!endpoint || !accessKeyId || !secretAccessKey) return undefined
  return {
    endpoint: checkUrl(endpoint),
    region: env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1',
    accessKeyId,
    secretAccessKey,
    sessionToken: env.AWS_SESSION_TOKEN || undefined,
    caFile: env.AWS_CA_BUNDLE || undefined,
    source: 'the variables AWS_ENDPOINT_URL and AWS_ACCESS_KEY_ID',
  }
}

function checkUrl(endpoint: string): string {
  if (/^https?:/.test(endpoint) && URL.canParse(endpoint)) return endpoint
  throw new CliError(`AWS_ENDPOINT_URL is no URL: ${endpoint}`, 'Set it anew with `eval "$(berth env)"`.')
}

async function connectionOfDataFolder(flags: Flags, env: Environment): Promise<Connection> {
  const config = loadConfig({ flags, env, cwd: process.cwd() })
  const settings = await findClientSettings(config)
  const { dataDir } = config
  if (settings.isRunning) return { ...settings, dataDir, source: `the data folder ${dataDir}` }
  throw new CliError(
    `No Berth runs on the data folder ${config.dataDir}`,
    "Start it with `berth serve`, name the folder of the one that runs with --data-dir, or name another machine's with AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  )
}
