import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Environment } from '../../src/config/env.ts'
import { hasCode } from '../../src/core/error-code.ts'
import { CliError } from '../cli-error.ts'
import { homeOf } from './home.ts'

/** What a profile says that matters here. */
export interface AwsProfile {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | undefined
  readonly region: string | undefined
  readonly endpoint: string | undefined
}

/**
 * Reads a profile of AWS's two files.
 *
 * @throws CliError where it isn't there, or has no access key of its own
 * @see AWS SDKs and Tools reference guide, "Shared config and credentials files"
 */
export async function readAwsProfile(env: Environment, name: string): Promise<AwsProfile> {
  const folder = join(homeOf(env), '.aws')
  const config = await readFileOrNothing(env.AWS_CONFIG_FILE || join(folder, 'config'))
  const credentials = await readFileOrNothing(env.AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials'))
  const section = name === 'default' ? name : `profile ${name}`
  const values = new Map([
    ...(readSections(config).get(section) ?? []),
    ...(readSections(credentials).get(name) ?? []),
  ])
  const accessKeyId = values.get('aws_access_key_id')
  const secretAccessKey = values.get('aws_secret_access_key')
  if (accessKeyId === undefined || secretAccessKey === undefined) throw withoutKey(name)
  return {
    accessKeyId,
    secretAccessKey,
    sessionToken: values.get('aws_session_token'),
    region: values.get('region'),
    endpoint: values.get('endpoint_url'),
  }
}

/** The sections of an INI file with their values; lines that are neither, and values below another, are passed over. */
export function readSections(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let current = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const name = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line)?.[1]?.replace(/\s+/g, ' ')
    const [, key, value = ''] = /^([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name !== undefined) {
      current = sections.get(name) ?? new Map()
      sections.set(name, current)
    } else if (key !== undefined) current.set(key.toLowerCase(), value.replace(/\s[#;].*$/, ''))
  }
  return sections
}

async function readFileOrNothing(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return ''
    throw error
  }
}

function withoutKey(name: string): CliError {
  return new CliError(
    `There is no profile ${name} with an access key of its own in AWS's configuration files`,
    `\`aws configure --profile ${name}\` makes one; profiles of single sign-on and of other programs are not read.`,
  )
}
