import type { Environment } from '../../src/config/env.ts'
import type { Connection } from '../connection.ts'
import { findConnection } from '../connection.ts'
import { readAwsProfile } from './aws-profile.ts'
import type { Login } from './login.ts'
import { regionInHost } from './registry-host.ts'
import { fetchRegistryPassword, type RegistryPassword } from './registry-password.ts'

const defaultRegion = 'us-east-1'

/** A password for a registry by what was kept when somebody logged in. @throws CliError */
export async function passwordOf(login: Login, host: string, env: Environment): Promise<RegistryPassword> {
  if (login.kind === 'password') return login
  return fetchRegistryPassword(await connectionOf(login, host, env))
}

/** Where to ask for it, in the region that the host names, if it names one. */
export async function connectionOf(
  login: Exclude<Login, { readonly kind: 'password' }>,
  host: string,
  env: Environment,
): Promise<Connection> {
  const found = await findFor(login, env)
  return { ...found, region: regionInHost(host) ?? found.region }
}

async function findFor(
  login: Exclude<Login, { readonly kind: 'password' }>,
  env: Environment,
): Promise<Connection> {
  if (login.kind === 'folder') return findConnection({ dataDir: login.dataDir }, env)
  if (login.kind === 'keys') return { ...login, source: '`berth login`' }
  const { endpoint, caFile, profile } = login
  const { region = defaultRegion, ...keys } = await readAwsProfile(env, profile)
  return { ...keys, region, endpoint, caFile, source: `the profile ${profile}` }
}
