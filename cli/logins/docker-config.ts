import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Environment } from '../../src/config/env.ts'
import { writePrivateFile } from '../../src/config/private-file.ts'
import { hasCode } from '../../src/core/error-code.ts'
import { CliError } from '../cli-error.ts'
import { homeOf } from './home.ts'

/** What docker runs as `docker-credential-berth`. */
const helper = 'berth'

const dockerConfig = z.looseObject({ credHelpers: z.record(z.string(), z.string()).optional() })

/** Where docker keeps its settings. @see docker, "Change the .docker directory" */
export function dockerConfigFile(env: Environment): string {
  return join(env.DOCKER_CONFIG || join(homeOf(env), '.docker'), 'config.json')
}

/**
 * Has docker, or another client that reads such a file, ask Berth's helper for the password of a registry, or with `off` no longer.
 * Everything else in the file stays.
 *
 * @throws CliError for a file that is no JSON
 */
export async function setHelper(path: string, host: string, use: 'on' | 'off'): Promise<void> {
  const config = await readConfig(path)
  const { [host]: before, ...others } = config.credHelpers ?? {}
  if (use === 'off' && before !== helper) return
  const credHelpers = use === 'on' ? { ...others, [host]: helper } : others
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writePrivateFile(path, `${JSON.stringify({ ...config, credHelpers }, undefined, '\t')}\n`)
}

async function readConfig(path: string): Promise<z.infer<typeof dockerConfig>> {
  try {
    return dockerConfig.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) return {}
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause
    throw new CliError(`${path} is not what docker writes there`, 'Mend it, or move it away.', { cause })
  }
}
