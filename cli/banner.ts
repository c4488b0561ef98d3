import { resolve } from 'node:path'
import type { Config } from '../src/config/config.ts'
import { isEmulatorKey } from '../src/config/emulator-key.ts'
import { isLoopback } from '../src/config/host-names.ts'
import { secretsFile } from '../src/config/secrets.ts'
import { settings } from '../src/config/settings.ts'
import type { Started } from '../src/main.ts'
import { registryAddresses } from '../src/services/ecr/registry-addresses.ts'
import { authorityCertificateFile } from '../src/tls/local-ca/authority-paths.ts'
import { quote } from './shells/bash.ts'

const devWarning = [
  '  *** DEVELOPMENT MODE: everybody knows the keys, and anyone on this machine can erase all data. ***',
  '',
]

/** What the banner needs to know besides the server. */
export interface Surroundings {
  readonly version: string
  /** How a user types `berth` here. */
  readonly command: string
  readonly cwd: string
}

/**
 * What Berth says once it listens: where, with which key, and what to type next. A secret made at random is shown on the first
 * start alone.
 */
export function banner(started: Started, about: Surroundings): string {
  const { config, url, tlsUrl, secrets } = started
  return [
    `Berth ${about.version} listens on ${url}${tlsUrl === undefined ? '' : ` and ${tlsUrl}`}`,
    '',
    ...(config.dev ? devWarning : []),
    `  Account      ${config.accountId}, region ${config.region}`,
    `  Access key   ${secrets.rootAccessKey}`,
    `  Secret key   ${secretKey(started)}`,
    `  Console      ${url}/console/ (\`${about.command} console\` prints a link that signs you in)`,
    `  Data         ${config.dataDir}`,
    ...networkNotice(config),
    ...localAuthorityNotice(config, about),
    '',
    `Next, in a second shell in ${about.cwd}:`,
    '',
    ...nextCommands(started, about).map((line) => `  ${line}`),
    '',
    '',
  ].join('\n')
}

function networkNotice({ host, allowPlainHttp }: Config): readonly string[] {
  if (isLoopback(host)) return []
  return allowPlainHttp
    ? ['  Network      other machines reach it too, over plain HTTP; put a proxy that speaks TLS before it']
    : [`  Network      other machines reach it too, at ${host}, by HTTPS alone`]
}

function localAuthorityNotice({ tlsLocal, dataDir }: Config, { command }: Surroundings): readonly string[] {
  if (!tlsLocal) return []
  const file = authorityCertificateFile(dataDir)
  return [`  Local CA     ${file}; \`${command} trust\` tells how this machine comes to believe it`]
}

function secretKey({ config, secrets, isFirstStart }: Started): string {
  if (isEmulatorKey(secrets)) return secrets.rootSecretKey
  if (config.rootSecretKey !== undefined) return 'the one you gave'
  const file = secretsFile(config.dataDir)
  return isFirstStart ? `${secrets.rootSecretKey} (shown this once, kept in ${file})` : `kept in ${file}`
}

function nextCommands(
  { config, registryHost, secrets }: Started,
  { command, cwd }: Surroundings,
): readonly string[] {
  const { registryDomain, accountId: account, region } = config
  const host = registryAddresses({ registryHost, registryDomain }).host({ account, region })
  const env = [
    command,
    'env',
    ...dataDirFlag(config, cwd),
    ...(isEmulatorKey(secrets) ? [] : keyFlags(config)),
  ]
  return [
    `eval "$(${env.join(' ')})"`,
    'aws ecr create-repository --repository-name hello',
    `aws ecr get-login-password | docker login --username AWS --password-stdin ${host}`,
    `docker tag <image> ${host}/hello:v1 && docker push ${host}/hello:v1`,
  ]
}

function dataDirFlag({ dataDir }: Config, cwd: string): readonly string[] {
  return dataDir === resolve(cwd, settings.parse({}).dataDir) ? [] : ['--data-dir', quote(dataDir)]
}

function keyFlags({ rootAccessKey }: Config): readonly string[] {
  return rootAccessKey === undefined ? [] : ['--root-access-key', rootAccessKey, '--root-secret-key <secret>']
}
