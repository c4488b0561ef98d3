import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Environment } from '../../src/config/env.ts'
import { writePrivateFile } from '../../src/config/private-file.ts'
import { hasCode } from '../../src/core/error-code.ts'
import { CliError } from '../cli-error.ts'
import { homeOf } from './home.ts'
import { type Login, loginSchema } from './login.ts'

const logins = z.record(z.string(), loginSchema)

/** Logins by registry host. */
export type Logins = Readonly<Record<string, Login>>

/** Where `berth login` keeps what it needs to know, readable by its owner alone. */
function loginFile(env: Environment): string {
  return join(env.XDG_CONFIG_HOME || join(homeOf(env), '.config'), 'berth', 'logins.json')
}

/** @throws CliError when the file is damaged */
export async function readLogins(env: Environment): Promise<Logins> {
  const path = loginFile(env)
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return '{}'
    throw error
  })
  const { success, data } = logins.safeParse(parseJson(text))
  if (success) return data
  throw new CliError(`${path} is damaged`, 'Remove it, and log in again with `berth login`.')
}

/** Keeps a login, or with undefined forgets it. */
export async function keepLogin(env: Environment, host: string, login: Login | undefined): Promise<void> {
  const { [host]: _, ...others } = await readLogins(env)
  const all = login === undefined ? others : { ...others, [host]: login }
  const path = loginFile(env)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writePrivateFile(path, `${JSON.stringify(all, undefined, 2)}\n`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
