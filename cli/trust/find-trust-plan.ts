import type { Config } from '../../src/config/config.ts'
import type { Environment } from '../../src/config/env.ts'
import { type Flags, loadConfig } from '../../src/config/load-config.ts'
import { localTlsNames } from '../../src/config/local-tls-names.ts'
import { readServerFile } from '../../src/config/server-file.ts'
import { isAccountId } from '../../src/core/names/account-id.ts'
import { isRegion } from '../../src/core/names/region.ts'
import type { RegistryKey } from '../../src/core/names/registry-key.ts'
import { isDataFolderInUse } from '../../src/stores/data-folder-lock.ts'
import { openLocalAuthority } from '../../src/tls/local-ca/authority-file.ts'
import { CliError } from '../cli-error.ts'
import { trustCommandLine } from './command-line.ts'
import { planTrust, type TrustPlan } from './trust-plan.ts'

/** What `berth trust` is told besides settings. */
export interface TrustFlags {
  readonly also?: readonly string[]
  readonly address?: string
}

/** A plan, and the Berth it is for. */
export interface FoundPlan {
  readonly plan: TrustPlan
  readonly config: Config
  /** `berth trust` with all that makes this plan, for root to type. */
  readonly commandLine: string
}

/**
 * The plan for the Berth of the configured data folder; account and region are those of the one that runs, if one does. Makes the local CA
 * when there is none.
 *
 * @throws ConfigError, CliError or LocalAuthorityError
 */
export async function findTrustPlan(
  { also = [], address, ...flags }: Flags & TrustFlags,
  env: Environment,
): Promise<FoundPlan> {
  const config = await ofRunningServer(
    loadConfig({ flags: { ...flags, tlsLocal: true }, env, cwd: process.cwd() }),
    flags,
  )
  const { dataDir, accountId: account, region } = config
  const { permitted } = localTlsNames(config)
  const { cert } = await openLocalAuthority({ dataDir, permitted, now: new Date() })
  const registries = [{ account, region }, ...also.map(readRegistry)]
  return {
    plan: planTrust(config, { registries, cert, address }),
    config,
    commandLine: trustCommandLine(config, { also, address }),
  }
}

async function ofRunningServer(config: Config, flags: Flags): Promise<Config> {
  const server = isDataFolderInUse(config.dataDir) ? await readServerFile(config.dataDir) : undefined
  const { accountId, region } = server ?? config
  return {
    ...config,
    accountId: flags.accountId === undefined && isAccountId(accountId) ? accountId : config.accountId,
    region: flags.region === undefined && isRegion(region) ? region : config.region,
  }
}

function readRegistry(text: string): RegistryKey {
  const [account = '', region = '', ...rest] = text.split('/')
  if (isAccountId(account) && isRegion(region) && rest.length === 0) return { account, region }
  throw new CliError(
    `${text} is no registry`,
    'Give an account and a region, such as 111122223333/eu-west-2.',
  )
}
