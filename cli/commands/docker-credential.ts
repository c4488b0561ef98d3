import { text } from 'node:stream/consumers'
import { Command } from 'commander'
import { z } from 'zod'
import { type Environment, readEnvironment } from '../../src/config/env.ts'
import { findConnection } from '../connection.ts'
import { explainFailure } from '../explain-failure.ts'
import { passwordOf } from '../logins/login-connection.ts'
import { keepLogin, readLogins } from '../logins/login-file.ts'
import { registryHostOf } from '../logins/registry-host.ts'
import { fetchRegistryPassword, type RegistryPassword } from '../logins/registry-password.ts'

/** What docker takes for "nobody has logged in there", and nothing else. @see docker-credential-helpers, credentials/error.go */
const notFound = 'credentials not found in native keychain\n'

const stored = z.object({ ServerURL: z.string(), Username: z.string(), Secret: z.string() })

type Verb = (env: Environment, input: string) => Promise<string>

const verbs: Readonly<Record<string, Verb>> = { get, store, erase, list }

/**
 * What docker runs as `docker-credential-berth <get|store|erase|list>`: it asks on standard input and reads the answer, an error's
 * text too, from standard output.
 *
 * @see docker, "Credential helper protocol"
 */
export function dockerCredentialCommand(): Command {
  return new Command('docker-credential')
    .description('answer docker as its credential helper')
    .argument('<verb>', 'get, store, erase or list')
    .action(async (name: string) => {
      const answer = await run(name)
      process.stdout.write(answer.text)
      process.exitCode = answer.exitCode
    })
}

async function run(name: string): Promise<{ readonly text: string; readonly exitCode: number }> {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (verb === undefined) return { text: `unknown credential action: ${name}\n`, exitCode: 1 }
  try {
    const input = name === 'list' ? '' : await text(process.stdin)
    const answer = await verb(readEnvironment(), input)
    return { text: answer, exitCode: answer === notFound ? 1 : 0 }
  } catch (error) {
    return explainFailure(error)
  }
}

async function get(env: Environment, input: string): Promise<string> {
  const host = registryHostOf(input)
  const login = (await readLogins(env))[host]
  const found =
    login === undefined ? await passwordByVariables(host, env) : await passwordOf(login, host, env)
  if (found === undefined) return notFound
  return `${JSON.stringify({ ServerURL: input.trim(), Username: found.userName, Secret: found.password })}\n`
}

/** Where nobody has logged in, the variables of `berth env` will do, for the very registry that their Berth calls its own. */
async function passwordByVariables(host: string, env: Environment): Promise<RegistryPassword | undefined> {
  if (!env.AWS_ENDPOINT_URL || !env.AWS_ACCESS_KEY_ID || !env.AWS_SECRET_ACCESS_KEY) return undefined
  const found = await fetchRegistryPassword(await findConnection({}, env))
  return found.host === host ? found : undefined
}

/** A login that gets fresh passwords by itself isn't replaced by the one that docker has just got from it. */
async function store(env: Environment, input: string): Promise<string> {
  const { ServerURL, Username: userName, Secret: password } = stored.parse(JSON.parse(input))
  const host = registryHostOf(ServerURL)
  const known = (await readLogins(env))[host]
  const isFromHere = known !== undefined && known.kind !== 'password' && userName === 'AWS'
  if (!isFromHere) await keepLogin(env, host, { kind: 'password', userName, password })
  return ''
}

async function erase(env: Environment, input: string): Promise<string> {
  await keepLogin(env, registryHostOf(input), undefined)
  return ''
}

async function list(env: Environment): Promise<string> {
  const logins = Object.entries(await readLogins(env))
  const names = logins.map(([host, login]) => [host, login.kind === 'password' ? login.userName : 'AWS'])
  return `${JSON.stringify(Object.fromEntries(names))}\n`
}
