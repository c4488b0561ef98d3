import { resolve } from 'node:path'
import { allSettings } from './all-settings.ts'
import { checkValues } from './check-values.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import { readConfigFile } from './config-file.ts'
import { findContradictions } from './config-rules.ts'
import { readDockerVariables } from './docker-variables.ts'
import { emulatorKey } from './emulator-key.ts'
import type { Environment } from './env.ts'
import type { GivenValue, GivenValues } from './given-value.ts'
import { isInlineJson } from './inline-json.ts'
import type { SettingKey } from './settings.ts'
import { configFileVariable, readVariables } from './variables.ts'

/** Settings given as flags, under their keys; `config` names the configuration file. */
export type Flags = Readonly<Partial<Record<SettingKey | 'config', unknown>>>

/** Where settings come from. */
export interface ConfigSources {
  readonly flags: Flags
  readonly env: Environment
  /** Relative paths start here. */
  readonly cwd: string
}

/**
 * The configuration to run with: defaults, then the configuration file, then `BERTH_*` variables, then flags.
 *
 * @throws ConfigError with every problem found, each naming where it stands and what would be right
 */
export function loadConfig({ flags, env, cwd }: ConfigSources): Config {
  const named = flags.config ?? env[configFileVariable]
  const file = readConfigFile({ named: typeof named === 'string' && named !== '' ? named : undefined, cwd })
  const values = checkValues([file, readVariables(env), readFlags(flags)])
  const config: Config = { ...values, docker: readDockerVariables(env) }
  const contradictions = findContradictions(config)
  if (contradictions.length > 0) throw new ConfigError(contradictions)
  const keys = config.dev && config.rootAccessKey === undefined ? emulatorKey : {}
  return { ...config, ...keys, ...awsNames(config), ...absolutePaths(config, cwd) }
}

/** The local CA is there for AWS's own names, unless another name was given. */
function awsNames({ tlsLocal, registryHost, registryDomain }: Config): Partial<Config> {
  const named = registryHost !== undefined || registryDomain !== undefined
  return tlsLocal && !named ? { registryDomain: 'amazonaws.com' } : {}
}

function absolutePaths(config: Config, cwd: string): Partial<Config> {
  const { dataDir, tlsCert, tlsKey, peersFile, upstreamSecrets, taskSecrets, taskEnvironmentFiles } = config
  return {
    dataDir: resolve(cwd, dataDir),
    ...(tlsCert === undefined ? {} : { tlsCert: resolve(cwd, tlsCert) }),
    ...(tlsKey === undefined ? {} : { tlsKey: resolve(cwd, tlsKey) }),
    ...(peersFile === undefined ? {} : { peersFile: resolve(cwd, peersFile) }),
    ...(upstreamSecrets === undefined || isInlineJson(upstreamSecrets)
      ? {}
      : { upstreamSecrets: resolve(cwd, upstreamSecrets) }),
    ...(taskSecrets === undefined || isInlineJson(taskSecrets)
      ? {}
      : { taskSecrets: resolve(cwd, taskSecrets) }),
    ...(taskEnvironmentFiles === undefined
      ? {}
      : { taskEnvironmentFiles: resolve(cwd, taskEnvironmentFiles) }),
  }
}

function readFlags(flags: Flags): GivenValues {
  const given = allSettings
    .filter(({ key }) => flags[key] !== undefined)
    .map(({ key, flag }): [SettingKey, GivenValue] => [key, { value: flags[key], source: flag }])
  return { values: new Map(given), problems: [] }
}
