import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { type Environment, readEnvironment } from '../../src/config/env.ts'
import { readRobotPassword, robotUser } from '../../src/core/robots/robot-password.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand } from '../client-command.ts'
import { type Connection, findConnection } from '../connection.ts'
import { isOnPath } from '../is-on-path.ts'
import { readAwsProfile } from '../logins/aws-profile.ts'
import { dockerConfigFile, setHelper } from '../logins/docker-config.ts'
import type { Login } from '../logins/login.ts'
import { connectionOf } from '../logins/login-connection.ts'
import { keepLogin } from '../logins/login-file.ts'
import { registryHostOf } from '../logins/registry-host.ts'
import { fetchRegistryPassword } from '../logins/registry-password.ts'

const examples = `
Docker then asks docker-credential-berth for a password whenever it needs one, and gets a fresh one: nothing expires, nobody pastes.
podman, skopeo and buildah do the same with --authfile.

Examples:
  berth login                              the Berth that \`berth status\` finds
  berth login --profile work               with a profile of the aws CLI, which has an endpoint_url
  berth login registry.example.com --robot < password.txt
  berth login --authfile ~/.config/containers/auth.json
  berth logout registry.example.com`

interface LoginFlags extends ClientFlags {
  readonly profile?: string
  readonly robot?: true
  readonly authfile?: string
}

/** `berth login`: has image clients get their passwords by themselves. */
export function loginCommand(): Command {
  return clientCommand('login', 'have docker log in by itself, always with a fresh password')
    .argument('[host]', "the registry's host; the one that Berth names unless told")
    .option('--profile <name>', 'use the access key of a profile of the aws CLI')
    .option('--robot', 'use the password of a robot, read from standard input')
    .option('--authfile <file>', 'write there instead of into the configuration of docker')
    .addHelpText('after', examples)
    .action(logIn)
}

/** `berth logout`: takes that back. */
export function logoutCommand(): Command {
  return new Command('logout')
    .description('have docker no longer log in to a registry by itself')
    .argument('<host>', 'as it was logged in to')
    .option('--authfile <file>', 'the file that was written')
    .action(async (server: string, { authfile }: Pick<LoginFlags, 'authfile'>) => {
      const env = readEnvironment()
      const host = registryHostOf(server)
      await keepLogin(env, host, undefined)
      await setHelper(authfile ?? dockerConfigFile(env), host, 'off')
      process.stdout.write(`Logged out of ${host}\n`)
    })
}

async function logIn(server: string | undefined, flags: LoginFlags): Promise<void> {
  const env = readEnvironment()
  const given = server === undefined ? undefined : registryHostOf(server)
  const { host, login } = await (flags.robot ? robotLogin(given) : keyLogin(given, flags, env))
  const file = flags.authfile ?? dockerConfigFile(env)
  await keepLogin(env, host, login)
  await setHelper(file, host, 'on')
  process.stdout.write(`Logged in to ${host}: ${file} names the helper\n`)
  if (!isOnPath('docker-credential-berth', env.PATH)) process.stderr.write(missingHelper())
}

async function robotLogin(host: string | undefined): Promise<{ host: string; login: Login }> {
  if (host === undefined)
    throw new CliError('A robot needs the host of its registry', 'Name it: berth login HOST --robot.')
  const password = (await text(process.stdin)).trim()
  if (readRobotPassword(password) === undefined)
    throw new CliError(
      'That is no password of a robot',
      'It begins with berth_; `berth robot create` shows it once.',
    )
  return { host, login: { kind: 'password', userName: robotUser, password } }
}

/** What is kept is asked once before: who can't log in now learns it here. */
async function keyLogin(
  given: string | undefined,
  flags: LoginFlags,
  env: Environment,
): Promise<{ host: string; login: Login }> {
  const login = await loginBy(flags, env)
  const { host } = await fetchRegistryPassword(await connectionOf(login, given ?? '', env))
  return { host: given ?? host, login }
}

async function loginBy({ profile, ...flags }: LoginFlags, env: Environment) {
  if (profile !== undefined) return profileLogin(profile, env)
  const found = await findConnection(flags, env)
  return found.dataDir === undefined
    ? keysLogin(found)
    : ({ kind: 'folder', dataDir: found.dataDir } as const)
}

async function profileLogin(profile: string, env: Environment) {
  const endpoint = env.AWS_ENDPOINT_URL || (await readAwsProfile(env, profile)).endpoint
  if (endpoint !== undefined)
    return { kind: 'profile', profile, endpoint, caFile: env.AWS_CA_BUNDLE || undefined } as const
  throw new CliError(
    `The profile ${profile} doesn't say where Berth is`,
    `aws configure set endpoint_url http://localhost:4566 --profile ${profile}`,
  )
}

function keysLogin({ endpoint, region, accessKeyId, secretAccessKey, sessionToken, caFile }: Connection) {
  return { kind: 'keys', endpoint, region, accessKeyId, secretAccessKey, sessionToken, caFile } as const
}

function missingHelper(): string {
  const there = join(import.meta.dirname, '../../bin/docker-credential-berth.js')
  return `berth: docker looks for docker-credential-berth on the PATH, where it isn't: npm install -g berth, or\nberth: ln -s ${there} /usr/local/bin/docker-credential-berth\n`
}
